using System.Net;

namespace InfluenceFunctions.Tests.Support;

/// <summary>Breaks the app on the way.</summary>
internal static class KillLoop
{
    /// <summary>Posts every batch to an app until it is taken, while the apps are killed and started in turn.</summary>
    public static async Task PostWithKillsAsync(IReadOnlyList<RunningApp> apps, IReadOnlyList<string> batches, int kills)
    {
        var posting = Task.WhenAll(
            apps.Select(
                (app, own) =>
                    Task.Run(async () =>
                    {
                        foreach (var batch in batches.Where((_, i) => i % apps.Count == own))
                            await PostUntilTakenAsync(app, batch);
                    })
            )
        );
        for (var kill = 0; kill < kills; kill++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1.5));
            apps[kill % apps.Count].Kill();
            await apps[kill % apps.Count].StartAsync();
        }

        await posting;
    }

    /// <summary>Posts every batch to an app until it is taken, while its worker is killed as often as told.</summary>
    public static async Task PostWithWorkerKillsAsync(RunningApp app, IReadOnlyList<string> batches, int kills)
    {
        var next = -1;
        var killing = true;
        var posting = Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        // Round and round until the last kill: a fact counts once however often it is sent.
                        for (int i; (i = Interlocked.Increment(ref next)) < batches.Count || Volatile.Read(ref killing); )
                            await PostUntilTakenAsync(app, batches[i % batches.Count]);
                    })
                )
        );
        for (var kill = 0; kill < kills; kill++)
        {
            await Eventually.HoldsAsync("the worker answers", () => app.IsHealthyAsync(), state: () => app.Log);
            await Task.Delay(TimeSpan.FromSeconds(0.5));
            await app.KillWorkerAsync();
        }

        Volatile.Write(ref killing, false);
        await posting;
    }

    // What a caller does: without an answer, the same again.
    private static Task PostUntilTakenAsync(RunningApp app, string batch) =>
        Eventually.HoldsAsync(
            "a batch is taken",
            async () =>
            {
                try
                {
                    var response = await app.PostInteractionsAsync(batch);
                    Assert.Contains(response.StatusCode, new[] { HttpStatusCode.Accepted, HttpStatusCode.ServiceUnavailable });
                    if (response.StatusCode != HttpStatusCode.Accepted)
                        Assert.NotNull(response.Headers.RetryAfter);
                    return response.StatusCode == HttpStatusCode.Accepted;
                }
                catch (HttpRequestException)
                {
                    // Killed.
                    return false;
                }
            },
            state: () => app.Log
        );
}
