namespace Influence.Replay.Tests.Support;

/// <summary>What goes wrong with a request.</summary>
internal enum Trouble
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>503 with Retry-After; nothing was taken.</summary>
    Busy,

    /// <summary>429 without Retry-After; nothing was taken.</summary>
    TooFast,

    /// <summary>429 that says when to come again.</summary>
    Throttled,

    /// <summary>The connection breaks before anything was taken.</summary>
    Dropped,

    /// <summary>The batch was taken, but the connection breaks before the answer.</summary>
    DroppedAfter,

    /// <summary>500 with a problem.</summary>
    Broken,
}
