using System.Net;

namespace InfluenceFunctions.Tests.Support;

/// <summary>Breaks the app on the way.</summary>
internal static class KillLoop
{
    /// <summary>Posts every batch until it is taken, while the app is killed and started again several times.</summary>
    public static async Task PostWithKillsAsync(RunningApp app, IReadOnlyList<string> batches, int kills)
    {
        var posting = Task.Run(async () =>
        {
            foreach (var batch in batches)
                await PostUntilTakenAsync(app, batch);
        });
        for (var kill = 1; kill <= kills; kill++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1.5));
            app.Kill();
            await app.StartAsync();
        }

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
