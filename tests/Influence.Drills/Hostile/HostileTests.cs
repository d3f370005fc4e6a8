using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Influence.Drills.Hostile;

/// <summary>Hostile requests: no 5xx but a deliberate 503, nothing leaked, and the same process works on.</summary>
public sealed class HostileTests(ITestOutputHelper output)
{
    private const int AtATime = 16;

    [Fact]
    public async Task No_request_makes_the_app_fail_or_tell_what_it_should_not()
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        await using var app = await RunningApp.StartAsync(azurite);
        var (port, worker) = (app.Client.BaseAddress!.Port, app.WorkerId);
        var net = Some.Network();
        (await app.PostInteractionsAsync(Some.Batch(Some.Interaction($"{net}:a", $"{net}:before")))).EnsureSuccessStatusCode();

        var count = DrillForm.Of(3_000, 100_000);
        var (statuses, wrong) = (new ConcurrentDictionary<int, int>(), new ConcurrentBag<string>());
        var requests = new HostileRequests(DrillForm.Seed, port);
        await Parallel.ForEachAsync(
            Known(port).Concat(Enumerable.Range(0, count).Select(_ => requests.Next())),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime },
            async (request, _) =>
            {
                var answer = await RawClient.SendAsync(port, request);
                statuses.AddOrUpdate(answer?.Status ?? -1, 1, (_, n) => n + 1);
                if (answer is not null && Verdicts.Of(answer) is { } verdict)
                    wrong.Add($"{verdict}\n{request}\n→ {answer.Head}\n{answer.Body[..Math.Min(300, answer.Body.Length)]}");
            }
        );

        DrillReport.Write(
            "hostile",
            output,
            ("requests", $"{count}"),
            ("answers by status", string.Join(", ", statuses.Where(s => s.Key > 0).OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}"))),
            ("cut off or never complete", $"{statuses.GetValueOrDefault(0) + statuses.GetValueOrDefault(-1)}"),
            ("failures", $"{wrong.Count}")
        );
        Assert.True(wrong.IsEmpty, $"Seed {DrillForm.Seed}, {wrong.Count} answers:\n{string.Join("\n\n", wrong.Take(12))}");
        Assert.Equal(worker, app.WorkerId);
        Assert.DoesNotContain("A request failed", app.Log, StringComparison.Ordinal);
        Assert.True(await app.IsHealthyAsync());
        var taken = await app.PostInteractionsAsync(Some.Batch(Some.Interaction($"{net}:a", $"{net}:after")));
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        await app.DrainAsync();
        Assert.NotNull(await app.CardAsync($"{net}:before"));
        Assert.NotNull(await app.CardAsync($"{net}:after"));
    }

    // Each was a failure once.
    private static IEnumerable<HostileRequest> Known(int port)
    {
        var start = $"HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nx-functions-key: {RunningApp.FunctionKey}\r\n";
        yield return Whole($"OPTIONS /api/v1/interactions {start}WebHook-Request-Origin: bücher.example\r\n\r\n");
        yield return Whole($"GET /api/health/live HTTP/1.1\r\nHost: {new string('h', 300)}\r\nConnection: close\r\n\r\n");
        foreach (var headers in new[] { 88, 92, 97, 100 })
            yield return Whole(
                $"GET /api/health/live {start}{string.Concat(Enumerable.Range(0, headers - 3).Select(i => $"X-{i}: {i}\r\n"))}\r\n"
            );
        yield return Whole($"GET /api/v1/profiles/{string.Concat(Enumerable.Repeat("%96%1f", 1_300))} {start}\r\n");
        yield return Whole($"GET /api/v1/leaderboards?prefix={new string('`', 6_000)} {start}\r\n");
        foreach (var length in new[] { 31_000, 32_000, 32_600 })
            yield return Whole($"GET /api/health/live {start}X-Long: {new string('x', length)}\r\n\r\n");
        foreach (var path in new[] { "/api/v1/interactions", "/api/v1/webhooks/github", "/api/health", "/admin/functions/RecomputeScores" })
        foreach (var key in new[] { RunningApp.FunctionKey, RunningApp.MasterKey })
            yield return Whole(
                $"POST {path} {start.Replace(RunningApp.FunctionKey, key, StringComparison.Ordinal)}Content-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n[]\r\n0\r\n\r\n"
            );
    }

    private static HostileRequest Whole(string text) => new([Encoding.UTF8.GetBytes(text)], IsWhole: true);
}
