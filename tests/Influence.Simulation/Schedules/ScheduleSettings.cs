using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Influence.Simulation.Schedules;

/// <summary>What a schedule is made of; a seed draws it.</summary>
internal sealed record ScheduleSettings
{
    /// <summary>How far each host's clock is ahead of storage's.</summary>
    public required IReadOnlyList<TimeSpan> Skews { get; init; }

    public required int Accounts { get; init; }

    /// <summary>How many things happen from outside: posts, requests, timers, the passing of time.</summary>
    public required int Events { get; init; }

    /// <summary>How often a storage call fails, 0–1.</summary>
    public required double Faults { get; init; }

    /// <summary>How often a run of a function is slow, and how often its host dies in it.</summary>
    public required double Slow { get; init; }

    public required double Crashes { get; init; }

    /// <summary>Whether accounts become unreadable for a while.</summary>
    public required bool Damages { get; init; }

    /// <summary>Most rows that a query looks at for a page; 0 for all.</summary>
    public required int PageRows { get; init; }

    public required DateTimeOffset Start { get; init; }

    /// <summary>The daily timer's time of day.</summary>
    public required TimeSpan Daily { get; init; }

    /// <summary>The app's settings.</summary>
    public required IReadOnlyDictionary<string, string?> App { get; init; }

    public static ScheduleSettings Draw(Random random)
    {
        var skews = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Skew(random)).ToList();
        // Some schedules are calm, so that what order alone can break is not lost among failures.
        var isCalm = random.Next(4) == 0;
        var daily = random.Next(2) == 0 ? TimeSpan.FromMinutes(10) : TimeSpan.Zero;
        var damages = !isCalm && random.Next(3) == 0;
        return new ScheduleSettings
        {
            Skews = skews,
            Accounts = 3 + random.Next(6),
            Events = 4 + random.Next(damages ? 30 : 16),
            Faults = isCalm ? 0 : Pick(random, 0.002, 0.01, 0.05),
            Slow = Pick(random, 0.02, 0.1, 0.3),
            Crashes = isCalm ? 0 : Pick(random, 0, 0.02, 0.08),
            Damages = damages,
            PageRows = random.Next(2) == 0 ? 0 : 1 + random.Next(4),
            Start = new DateTimeOffset(2026, 11, 20, random.Next(24), random.Next(60), 0, TimeSpan.Zero),
            Daily = daily,
            App = new Dictionary<string, string?>
            {
                ["PublishSchedule"] = string.Create(CultureInfo.InvariantCulture, $"0 {daily.Minutes} 0 * * *"),
                ["Influence:ShardsPerMessage"] = Pick(random, "256", "128", "64"),
                ["Influence:AccountsAtATime"] = Pick(random, "1", "3"),
                ["Influence:SettlePasses"] = Pick(random, "1", "2", "3"),
                // As little as can be set: then all scores are those of the formula under the last votes.
                ["Influence:SettleTolerance"] = "1e-9",
                ["Influence:VoteCacheSeconds"] = Pick(random, "0", "1", "5"),
                // Whether all votes of a settlement fit into memory, or every batch of accounts reads its own.
                ["Influence:SettleVoteMegabytes"] = Pick(random, "0", "256"),
                ["Influence:MinBoardSize"] = "2",
            },
        };
    }

    public IConfiguration Configuration() => new ConfigurationBuilder().AddInMemoryCollection(App).Build();

    private static TimeSpan Skew(Random random) => random.Next(2) == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(random.Next(-600, 601));

    private static T Pick<T>(Random random, params ReadOnlySpan<T> values) => values[random.Next(values.Length)];
}
