using System.Globalization;

namespace Influence.Drills.Processes;

/// <summary>Another clock for a process and its children, by libfaketime where the machine has it.</summary>
/// <remarks>The app has no setting for it: a clock that can be moved by mistake is worse than a drill that needs a package.</remarks>
internal static class FakeClock
{
    private static readonly string? Library = new[] { "x86_64-linux-gnu", "aarch64-linux-gnu" }
        .Select(platform => $"/usr/lib/{platform}/faketime/libfaketime.so.1")
        .FirstOrDefault(File.Exists);

    public static bool IsThere => Library is not null;

    /// <summary>The environment of a process whose clock is ahead, or behind.</summary>
    public static IEnumerable<(string Name, string Value)> Environment(TimeSpan ahead) =>
        Library is null
            ? []
            :
            [
                ("LD_PRELOAD", Library),
                ("FAKETIME", string.Create(CultureInfo.InvariantCulture, $"{ahead.TotalSeconds:+0;-0}s")),
                // Waits and timeouts are as they were.
                ("DONT_FAKE_MONOTONIC", "1"),
                ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
                ("FAKETIME_DONT_RESET", "1"),
            ];
}
