using System.Collections.Concurrent;
using System.Net;

namespace Influence.Drills.Support;

/// <summary>Sends as a good client does: the same batch until it is taken. It waits as long as the answer asks for.</summary>
/// <param name="truth">Learns what was accepted.</param>
internal sealed class PatientWriter(Truth truth)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, int> answers = new(StringComparer.Ordinal);

    /// <summary>How often each answer came, «202: 5, 503: 1».</summary>
    public string Answers => string.Join(", ", answers.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}: {a.Value}"));

    /// <summary>How often no answer came.</summary>
    public int Unanswered => answers.GetValueOrDefault("none");

    /// <summary>Sends facts to one of several apps, in batches, some at the same time.</summary>
    public Task SendAsync(IReadOnlyList<RunningApp> apps, IReadOnlyList<Interaction> facts, int batch, int atATime = 4) =>
        Parallel.ForEachAsync(
            facts.Chunk(batch).Select((part, i) => (part, app: apps[i % apps.Count])),
            new ParallelOptions { MaxDegreeOfParallelism = atATime },
            async (work, _) => await SendAsync(work.app, work.part)
        );

    /// <summary>Sends one batch until it is taken.</summary>
    public async Task SendAsync(RunningApp app, IReadOnlyList<Interaction> batch)
    {
        var body = Truth.Batch(batch);
        var pause = TimeSpan.Zero;
        await Eventually.HoldsAsync(
            "a batch is taken",
            async () =>
            {
                await Task.Delay(pause);
                return (pause = await TryAsync(app, body)) == TimeSpan.Zero;
            },
            Longest,
            () => $"{Answers}\n{app.Log}"
        );
        truth.Accept(batch);
    }

    // How long to wait before the next try; zero when it was taken.
    private async Task<TimeSpan> TryAsync(RunningApp app, string body)
    {
        try
        {
            using var response = await app.PostInteractionsAsync(body);
            answers.AddOrUpdate($"{(int)response.StatusCode}", 1, (_, n) => n + 1);
            if (response.StatusCode == HttpStatusCode.Accepted)
                return TimeSpan.Zero;
            Assert.True(
                response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests,
                $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}\n{app.Log}"
            );
            var asked = response.Headers.RetryAfter?.Delta;
            Assert.NotNull(asked);
            return asked.Value < LongestPause ? asked.Value + TimeSpan.FromMilliseconds(50) : LongestPause;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            // Killed, stopped or still starting.
            answers.AddOrUpdate("none", 1, (_, n) => n + 1);
            return TimeSpan.FromMilliseconds(200);
        }
    }
}
