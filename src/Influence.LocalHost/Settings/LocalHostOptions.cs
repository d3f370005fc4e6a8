namespace Influence.LocalHost.Settings;

/// <summary>Settings of the local host alone, section <c>LocalHost</c>.</summary>
internal sealed class LocalHostOptions
{
    public const string Section = "LocalHost";

    /// <summary>How long a received message stays invisible to others; renewed at half of it.</summary>
    /// <remarks>The host's 10 minutes unless a test is in a hurry.</remarks>
    public TimeSpan QueueLock { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long work in hand may take after a stop was asked for.</summary>
    /// <remarks>With what comes after it, the worker's end and Azurite's, a stop takes 10 seconds at most.</remarks>
    public TimeSpan StopPatience { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>The longest pause between the end of a worker and the start of another one.</summary>
    public TimeSpan LongestRestartPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Where Azurite keeps its data; <c>.azurite</c> of the clone when not given.</summary>
    /// <remarks>
    /// Given together with a connection string whose addresses are of this machine, Azurite is started there: for an app with a storage
    /// of its own beside others.
    /// </remarks>
    public string? AzuriteFolder { get; set; }

    /// <summary>Whether the end of the standard input stops the app: for a parent that starts it and may be killed.</summary>
    public bool StopWhenInputEnds { get; set; }

    /// <summary>Whether the worker waits until a debugger is attached; <c>--wait-for-debugger</c> on the command line.</summary>
    public bool WaitForDebugger { get; set; }
}
