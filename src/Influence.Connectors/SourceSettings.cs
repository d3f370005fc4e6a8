namespace Influence.Connectors;

/// <summary>The settings of one source, section <c>Webhooks:{source}</c>; without a secret the source is off.</summary>
/// <remarks>A class, not a record: nothing prints its secrets.</remarks>
public sealed class SourceSettings
{
    /// <summary>The parent section's name.</summary>
    public const string Section = "Webhooks";

    /// <summary>The live secrets, <c>Secrets:0</c>, <c>Secrets:1</c>, …: several while one is rotated.</summary>
    /// <remarks>In the form in which the source shows them.</remarks>
    public IList<string> Secrets { get; } = [];

    /// <summary>The secrets of servers of one's own, <c>Instances:{host}:Secrets:0</c>.</summary>
    public IDictionary<string, InstanceSettings> Instances { get; } =
        new Dictionary<string, InstanceSettings>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the source must say in a handshake that is not signed (<c>meta</c>); null where it needs none.</summary>
    public string? VerifyToken { get; set; }

    /// <summary>Whether private repositories or channels count; off unless switched on.</summary>
    public bool IncludePrivate { get; set; }

    /// <summary>Whether deliveries are taken: whether there is a secret.</summary>
    public bool IsOn => Every().Secrets.Count > 0;

    /// <summary>The settings with only the secrets that may sign for an instance.</summary>
    /// <remarks>
    /// Where no instances are set, there is one, and its secrets are the plain ones. Where some are set, each has its own secrets, the
    /// plain ones sign what names no instance, and any other instance has none: nobody signs under the name of another.
    /// </remarks>
    /// <param name="instance">The instance's host; null where the delivery names none.</param>
    public SourceSettings Of(string? instance) =>
        instance is null || Instances.Count == 0
            ? this
            : With(Instances.Where(i => i.Value.Is(instance, i.Key)).SelectMany(i => i.Value.Secrets));

    /// <summary>The settings with all the secrets there are.</summary>
    /// <remarks>For a first look at what names its instance only in its body.</remarks>
    public SourceSettings Every() => With(Secrets.Concat(Instances.Values.SelectMany(i => i.Secrets)));

    private SourceSettings With(IEnumerable<string> secrets)
    {
        var settings = new SourceSettings { VerifyToken = VerifyToken, IncludePrivate = IncludePrivate };
        foreach (var secret in secrets.Where(s => s.Length > 0))
            settings.Secrets.Add(secret);
        return settings;
    }
}

/// <summary>The settings of one server of a source.</summary>
public sealed class InstanceSettings
{
    /// <summary>Its host; null where the name of the section is the host.</summary>
    /// <remarks>Names of settings cannot hold every character of a host: no colon anywhere, no dot or dash on some platforms.</remarks>
    public string? Host { get; set; }

    /// <summary>Its live secrets.</summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>Whether it is the server of a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="name">The name of the section.</param>
    public bool Is(string host, string name) => HostName.Bring(string.IsNullOrEmpty(Host) ? name : Host) == HostName.Bring(host);
}
