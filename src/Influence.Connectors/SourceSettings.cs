namespace Influence.Connectors;

/// <summary>
/// The settings of one source, section <c>Webhooks:{source}</c>. Without a secret the source is off. A class, not a record: nothing prints
/// its secrets.
/// </summary>
public sealed class SourceSettings
{
    /// <summary>The parent section's name.</summary>
    public const string Section = "Webhooks";

    /// <summary>
    /// The live secrets, <c>Secrets:0</c>, <c>Secrets:1</c>, …: several while one replaces another. In the form the source shows them.
    /// </summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>What the source must say in a handshake that is not signed (<c>meta</c>); null where it needs none.</summary>
    public string? VerifyToken { get; set; }

    /// <summary>Whether deliveries are taken: whether there is a secret.</summary>
    public bool IsOn => Secrets.Any(s => s.Length > 0);
}
