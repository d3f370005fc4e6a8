using System.Buffers.Binary;

/// <summary>Runs a test on a machine that seems to be 13 hours and 45 minutes ahead of UTC.</summary>
/// <remarks>
/// By the environment variable TZ, which names a zone file written here: it needs no zones installed. Other tests that run at the same
/// time see the zone as well, which is all the same to what must not ask for it.
/// </remarks>
internal static class StrangeZone
{
    private const string Variable = "TZ";
    private static readonly TimeSpan Ahead = new(13, 45, 0);
    private static readonly Lock OneAtATime = new();

    public static void Run(Action test)
    {
        lock (OneAtATime)
        {
            var (before, file) = (Environment.GetEnvironmentVariable(Variable), Path.GetTempFileName());
            try
            {
                File.WriteAllBytes(file, ZoneFile());
                Environment.SetEnvironmentVariable(Variable, file);
                TimeZoneInfo.ClearCachedData();
                // Without this the test could not fail.
#pragma warning disable RS0030
                Assert.Equal(Ahead, TimeZoneInfo.Local.BaseUtcOffset);
#pragma warning restore RS0030
                test();
            }
            finally
            {
                Environment.SetEnvironmentVariable(Variable, before);
                TimeZoneInfo.ClearCachedData();
                File.Delete(file);
            }
        }
    }

    // RFC 9636, version 1: no transitions, one type of local time.
    private static byte[] ZoneFile()
    {
        var header = new byte[44];
        "TZif"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(36), 1);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(40), 4);
        var type = new byte[6];
        BinaryPrimitives.WriteInt32BigEndian(type, (int)Ahead.TotalSeconds);
        return [.. header, .. type, .. "ODD\0"u8];
    }
}

/// <summary>A test that uses <see cref="StrangeZone"/>: skipped where the zone is no environment variable's.</summary>
internal sealed class StrangeZoneFactAttribute : FactAttribute
{
    public StrangeZoneFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "Windows takes its zone from the registry, which a test leaves alone.";
    }
}
