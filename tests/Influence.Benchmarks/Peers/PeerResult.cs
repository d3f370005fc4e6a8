using System.Diagnostics;

namespace Influence.Benchmarks.Peers;

/// <summary>What a peer did with the log.</summary>
/// <param name="Name">The peer.</param>
/// <param name="Facts">How many interactions it was given.</param>
/// <param name="IngestSeconds">From the first sent until the last one counts.</param>
/// <param name="MedianMs">One score, of the account in the middle.</param>
/// <param name="LargestMs">One score, of the account that received the most.</param>
/// <param name="BoardSeconds">Making a board of everyone; 0 where it is always there.</param>
/// <param name="BoardReadMs">Reading its first 100 places.</param>
/// <param name="Cannot">What it does not do.</param>
internal sealed record PeerResult(
    string Name,
    int Facts,
    double IngestSeconds,
    double MedianMs,
    double LargestMs,
    double BoardSeconds,
    double BoardReadMs,
    string Cannot
)
{
    public string Note { get; init; } = "";

    /// <summary>Milliseconds of one of many calls, after a few that do not count.</summary>
    public static async Task<double> EachAsync(int times, Func<Task> call)
    {
        for (var i = 0; i < 3; i++)
            await call();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < times; i++)
            await call();
        return watch.Elapsed.TotalMilliseconds / times;
    }

    public static async Task<double> SecondsAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }
}
