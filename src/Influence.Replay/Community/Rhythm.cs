namespace Influence.Replay.Community;

/// <summary>When things happen: over 60 days, less at night; to the rising, mostly in the last ten days.</summary>
internal static class Rhythm
{
    /// <summary>How long the community has been watched.</summary>
    public const int Days = 60;

    private const int Day = 86_400;

    /// <summary>Seconds before the end, 0 to 60 days.</summary>
    public static int Pick(bool isLate, Random random)
    {
        while (true)
        {
            var back = isLate ? (int)(10 * Day * Math.Pow(random.NextDouble(), 2)) : random.Next(Days * Day);
            // The quietest hour sees a fifth of the busiest's traffic.
            var awake = 0.6 + (0.4 * Math.Cos(2 * Math.PI * back / Day));
            if (random.NextDouble() < awake)
                return back;
        }
    }
}
