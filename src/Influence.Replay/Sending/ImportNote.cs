namespace Influence.Replay.Sending;

/// <summary>Says what becomes of the lines of an import that are too old for the ledger.</summary>
internal static class ImportNote
{
    /// <summary>A line of the summary.</summary>
    /// <param name="old">How many of the accepted lines are older than 90 days; not 0.</param>
    public static string Of(long old) =>
        $"  {old:N0} {(old == 1 ? "is" : "are")} older than 90 days: what is left after fading counts, without topic, community and undo.";
}
