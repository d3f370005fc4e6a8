using System.Diagnostics.Metrics;

namespace Influence.Pipeline.Recompute;

/// <summary>Counts group commits, and how many of them were lost to other writers (optimistic concurrency).</summary>
/// <remarks>
/// Meter <c>Influence.Accounts</c>. Counter <c>influence.accounts.commits</c>: transactions and single writes, tag <c>outcome</c>:
/// <c>saved</c>, <c>lost</c> or <c>too-large</c>. Counter <c>influence.accounts.rows</c>: accounts in them; of a lost one only the row that
/// was refused counts as lost. Histogram <c>influence.accounts.commit.duration</c>, seconds: from the first attempt to the last outcome.
/// </remarks>
internal sealed class CommitMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = MetricCatalogue.Accounts;

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> commits;
    private readonly Counter<long> rows;
    private readonly Histogram<double> duration;

    /// <summary>Makes the instruments.</summary>
    public CommitMetrics()
    {
        commits = MetricCatalogue.Commits.CounterOf(meter);
        rows = MetricCatalogue.CommittedAccounts.CounterOf(meter);
        duration = MetricCatalogue.CommitDuration.HistogramOf(meter);
    }

    /// <summary>Counts one write of some accounts.</summary>
    public void Count(SaveOutcome outcome, int accounts)
    {
        var (name, counted) = outcome switch
        {
            SaveOutcome.Saved => ("saved", accounts),
            SaveOutcome.TooLarge => ("too-large", accounts),
            _ => ("lost", 1),
        };
        commits.Add(1, new KeyValuePair<string, object?>("outcome", name));
        rows.Add(counted, new KeyValuePair<string, object?>("outcome", name));
    }

    /// <summary>Records a group commit that ended.</summary>
    public void Record(TimeSpan elapsed) => duration.Record(elapsed.TotalSeconds);

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();
}
