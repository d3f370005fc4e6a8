namespace Influence.Replay.Sending;

/// <summary>Decides by how much a log is moved: the app takes nothing older than 90 days.</summary>
internal static class ShiftRule
{
    private const long Hour = 3600;
    private const long Day = 24 * Hour;

    /// <summary>Seconds to add to every moment.</summary>
    /// <param name="mode">What was asked for.</param>
    /// <param name="isMadeUp">
    /// Whether the facts are the made-up community's: those always end at the current hour, so that a second run within it changes nothing.
    /// </param>
    /// <param name="last">The last fact's moment.</param>
    /// <param name="now">The clock.</param>
    /// <param name="remembered">
    /// What an earlier run of the same log added. Auto adds it again for a day: moved differently, the same facts would be new ones and
    /// count twice.
    /// </param>
    public static long Decide(ShiftMode mode, bool isMadeUp, long last, long now, long? remembered)
    {
        if (isMadeUp)
            return (now / Hour * Hour) - CommunitySource.End;
        if (mode == ShiftMode.None)
            return 0;
        if (mode == ShiftMode.Now)
            return now - last;
        if (remembered is { } shift && now - (last + shift) is >= 0 and <= Day)
            return shift;
        return last < now - Day ? now - last : 0;
    }
}

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
