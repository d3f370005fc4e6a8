namespace Influence.Replay.Readers;

/// <summary>What a reader left out, and why.</summary>
internal sealed class ReadTally
{
    /// <summary>Interactions of an account with itself, which never count.</summary>
    public int SelfInteractions { get; set; }
}
