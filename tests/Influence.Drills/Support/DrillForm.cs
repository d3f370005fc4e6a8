using System.Globalization;

namespace Influence.Drills.Support;

/// <summary>Which form of the drills runs. The short one is part of every test run, the full one writes the report.</summary>
internal static class DrillForm
{
    private const int ShortSeed = 17;

    /// <summary>Whether <c>INFLUENCE_DRILLS=full</c> asks for the full form.</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("INFLUENCE_DRILLS") == "full";

    /// <summary>The seed: <c>INFLUENCE_DRILL_SEED</c> when set.</summary>
    /// <remarks>Else another one in each full run, and always the same in the short form.</remarks>
    public static int Seed { get; } =
        Environment.GetEnvironmentVariable("INFLUENCE_DRILL_SEED") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture)
        : IsFull ? (int)(DateTimeOffset.UtcNow.ToUnixTimeSeconds() % 1_000_000)
        : ShortSeed;

    /// <summary>One of two values, by the form.</summary>
    public static T Of<T>(T inShort, T inFull) => IsFull ? inFull : inShort;
}

/// <summary>A drill of the full form only.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FullDrillAttribute : FactAttribute
{
    public FullDrillAttribute()
    {
        if (!DrillForm.IsFull)
            Skip = "Set INFLUENCE_DRILLS=full to run the full form.";
    }
}
