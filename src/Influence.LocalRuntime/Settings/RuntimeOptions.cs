namespace Influence.LocalRuntime.Settings;

/// <summary>Settings of the local runtime alone, section <c>LocalRuntime</c>.</summary>
internal sealed class RuntimeOptions
{
    public const string Section = "LocalRuntime";

    /// <summary>
    /// How long a received message stays invisible to others; renewed at half of it. The host's 10 minutes unless a test is in a hurry.
    /// </summary>
    public TimeSpan QueueLock { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long work in hand may take after a stop was asked for.</summary>
    public TimeSpan StopPatience { get; set; } = TimeSpan.FromSeconds(10);
}
