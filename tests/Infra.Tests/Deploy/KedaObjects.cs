namespace Infra.Tests.Deploy;

/// <summary>What deploy/kubernetes uses of KEDA's ScaledObject; a field that is not here is refused.</summary>
internal sealed class ScaledObject
{
    public string ApiVersion { get; set; } = "";
    public string Kind { get; set; } = "";
    public V1ObjectMeta Metadata { get; set; } = new();
    public ScaledObjectSpec Spec { get; set; } = new();
}

internal sealed class ScaledObjectSpec
{
    public KedaReference ScaleTargetRef { get; set; } = new();
    public int PollingInterval { get; set; }
    public int CooldownPeriod { get; set; }
    public int MinReplicaCount { get; set; }
    public int MaxReplicaCount { get; set; }
    public IList<KedaTrigger> Triggers { get; set; } = [];
}

internal sealed class KedaTrigger
{
    public string Type { get; set; } = "";
    public IDictionary<string, string> Metadata { get; set; } = new Dictionary<string, string>();
    public KedaReference AuthenticationRef { get; set; } = new();
}

internal sealed class KedaReference
{
    public string Name { get; set; } = "";
}

/// <summary>What deploy/kubernetes uses of KEDA's TriggerAuthentication.</summary>
internal sealed class TriggerAuthentication
{
    public string ApiVersion { get; set; } = "";
    public string Kind { get; set; } = "";
    public V1ObjectMeta Metadata { get; set; } = new();
    public TriggerAuthenticationSpec Spec { get; set; } = new();
}

internal sealed class TriggerAuthenticationSpec
{
    public IList<KedaSecret> SecretTargetRef { get; set; } = [];
}

internal sealed class KedaSecret
{
    public string Parameter { get; set; } = "";
    public string Name { get; set; } = "";
    public string Key { get; set; } = "";
}
