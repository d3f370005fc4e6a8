using k8s;

namespace Infra.Tests.Deploy;

/// <summary>What the tests read of deploy/compose.yaml; its form is the linter's matter.</summary>
internal sealed class ComposeFile
{
    private static readonly Lazy<ComposeFile> Read = new(() =>
        KubernetesYaml.Deserialize<ComposeFile>(Template.Text("deploy/compose.yaml"), strict: false)
    );

    public static ComposeFile Current => Read.Value;

    public IDictionary<string, ComposeService> Services { get; set; } = new Dictionary<string, ComposeService>();
    public IDictionary<string, ComposeSecret> Secrets { get; set; } = new Dictionary<string, ComposeSecret>();
}

internal sealed class ComposeService
{
    public string? Image { get; set; }
    public IDictionary<string, string> Environment { get; set; } = new Dictionary<string, string>();
    public IList<string> Ports { get; set; } = [];
    public IList<ComposeSecretUse> Secrets { get; set; } = [];
    public ComposeHealthCheck? Healthcheck { get; set; }
}

internal sealed class ComposeHealthCheck
{
    public IList<string> Test { get; set; } = [];
}

internal sealed class ComposeSecretUse
{
    public string Source { get; set; } = "";
    public string Target { get; set; } = "";
}

internal sealed class ComposeSecret
{
    public string File { get; set; } = "";
}
