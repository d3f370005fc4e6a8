namespace Influence.LocalHost.Tests.Support;

/// <summary>A test that sends signals or breaks sockets as Unix does: skipped, with the reason, on Windows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "Needs the signals and sockets of Unix.";
    }
}
