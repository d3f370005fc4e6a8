namespace Influence.Replay.Sending;

/// <summary>How the moments of a log are moved.</summary>
internal enum ShiftMode
{
    /// <summary>As <see cref="Now"/> when the last fact is older than a day, else not at all.</summary>
    Auto,

    /// <summary>So that the last fact happens now.</summary>
    Now,

    /// <summary>Not at all.</summary>
    None,
}
