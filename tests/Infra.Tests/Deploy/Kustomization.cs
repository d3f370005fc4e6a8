namespace Infra.Tests.Deploy;

/// <summary>What deploy/kubernetes uses of kustomize; a field that is not here is refused.</summary>
internal sealed class Kustomization
{
    public string ApiVersion { get; set; } = "";
    public string Kind { get; set; } = "";
    public string Namespace { get; set; } = "";
    public IList<string> Resources { get; set; } = [];
    public IList<KustomizationImage> Images { get; set; } = [];
    public IList<KustomizationSecret> SecretGenerator { get; set; } = [];
    public KustomizationOptions GeneratorOptions { get; set; } = new();
}

internal sealed class KustomizationImage
{
    public string Name { get; set; } = "";
    public string NewName { get; set; } = "";
    public string NewTag { get; set; } = "";
}

internal sealed class KustomizationSecret
{
    public string Name { get; set; } = "";
    public IList<string> Envs { get; set; } = [];
    public IList<string> Files { get; set; } = [];
}

internal sealed class KustomizationOptions
{
    public bool DisableNameSuffixHash { get; set; }
}
