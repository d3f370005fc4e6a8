using k8s;

namespace Infra.Tests.Deploy;

/// <summary>The objects of deploy/kubernetes, read strictly. An unknown field or a value of another type is an error.</summary>
internal static class Manifests
{
    public const string Folder = "deploy/kubernetes";
    private const string KustomizationFile = "kustomization.yaml";

    private static readonly Dictionary<string, Type> Others = new()
    {
        ["keda.sh/v1alpha1/ScaledObject"] = typeof(ScaledObject),
        ["keda.sh/v1alpha1/TriggerAuthentication"] = typeof(TriggerAuthentication),
        ["kustomize.config.k8s.io/v1beta1/Kustomization"] = typeof(Kustomization),
    };

    public static IEnumerable<string> Files { get; } =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(Template.Root, Folder), "*.yaml")
            .Select(f => Path.GetFileName(f))
            .Where(f => f != KustomizationFile)
            .Order(StringComparer.Ordinal),
    ];

    private static readonly Lazy<List<object>> Read = new(() => [.. Files.SelectMany(f => Load(Template.Text($"{Folder}/{f}")))]);

    /// <summary>What kustomize makes of the objects, and the secrets that it adds.</summary>
    public static Kustomization Kustomization { get; } = (Kustomization)Assert.Single(Load(Template.Text($"{Folder}/{KustomizationFile}")));

    public static IEnumerable<V1Deployment> Deployments => All<V1Deployment>();

    /// <summary>The objects in a text.</summary>
    public static List<object> Load(string text) => KubernetesYaml.LoadAllFromString(text, Others, strict: true);

    public static IEnumerable<T> All<T>() => Read.Value.OfType<T>();

    public static V1Container Container(V1Deployment deployment) => Assert.Single(deployment.Spec.Template.Spec.Containers);

    /// <summary>The environment of a Deployment's pods, with what it takes from the ConfigMaps that it names.</summary>
    public static Dictionary<string, string> Environment(V1Deployment deployment)
    {
        var container = Container(deployment);
        var maps = (container.EnvFrom ?? []).Where(e => e.ConfigMapRef is not null).Select(e => e.ConfigMapRef.Name);
        return maps.SelectMany(name => All<V1ConfigMap>().Single(m => m.Metadata.Name == name).Data)
            .Concat((container.Env ?? []).Select(e => KeyValuePair.Create(e.Name, e.Value)))
            .ToDictionary();
    }

    /// <summary>The functions that run in a Deployment's pods.</summary>
    public static IEnumerable<string> Functions(V1Deployment deployment) =>
        Environment(deployment).Where(e => e.Key.StartsWith(ContainerSettings.Functions, StringComparison.Ordinal)).Select(e => e.Value);
}
