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

    /// <summary>What the source must say in a handshake that is not signed (<c>meta</c>); null where it needs none.</summary>
    public string? VerifyToken { get; set; }

    /// <summary>Whether deliveries are taken: whether there is a secret.</summary>
    public bool IsOn => Secrets.Any(s => s.Length > 0);
}
