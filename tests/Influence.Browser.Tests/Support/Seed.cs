using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Influence.Browser.Tests.Support;

/// <summary>Brings a community into the app as its tools would: over HTTP.</summary>
internal static class Seed
{
    private const int Members = 1060;
    private const int Fans = 24;
    private const int BatchSize = 1000;
    private const long Day = 86_400;

    // The days before today for which boards are published, the earliest first.
    private static readonly int[] DaysBack = [14, 7, 1];
    private static readonly string[] Kinds = ["share", "reply", "mention", "like", "quote", "follow"];

    /// <summary>Sends all, publishes, and says which days were published, the earliest first.</summary>
    public static async Task<IReadOnlyList<DateOnly>> SendAsync(RunningApp app)
    {
        // What happened first comes in first: days that a late fact comes behind stay as they were known.
        // Of members only a number is known: each has its own, so that no two share a rank.
        await SendAsync(app, "/api/v1/metrics", [.. Enumerable.Range(1, Members).Select(Member), .. People.Named.Select(Known)]);
        await app.DrainAsync();
        await SendAsync(app, "/api/v1/interactions", Interactions());
        await app.DrainAsync();
        await PutAsync(app, $"profiles/{PathId.Write(People.Profile)}", Profile());
        await PutAsync(app, $"accounts/{PathId.Write(People.Bot)}/standing", """{"standing":"bot","reason":"Posts by itself"}""");
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        DateOnly[] days = [.. DaysBack.Select(d => today.AddDays(-d)), today];
        foreach (var day in days)
        {
            var status = await app.PublishAsync($$"""{"date":"{{day:yyyy-MM-dd}}"}""");
            Assert.Equal("published", status.GetProperty("status").GetString());
        }

        return days;
    }

    private static string Member(int number) =>
        Followers(
            string.Create(CultureInfo.InvariantCulture, $"{People.Network}:member-{number:0000}"),
            (long)(100 * Math.Pow(1.009, number))
        );

    // Those with names are above all members.
    private static string Known((string Id, string Name) account, int place) => Followers(account.Id, 50_000_000 / (place + 1));

    private static string Followers(string account, long count) =>
        Some.Metric(account, "followers", string.Create(CultureInfo.InvariantCulture, $"\"value\":{count}"), 20 * Day);

    private static IEnumerable<string> Interactions()
    {
        foreach (var (place, (id, name)) in People.Named.Index())
        {
            // Fewer fans on lower places, and every second one comes again some days later.
            foreach (var fan in Enumerable.Range(1, Fans - place))
            {
                yield return Interaction(Fan(fan), id, name, Kinds[(fan + place) % Kinds.Length], fan % 26 + 1);
                if (fan % 2 == 0)
                    yield return Interaction(Fan(fan), id, name, "share", fan % 5);
            }
        }

        foreach (var account in new[] { "code:ada", "forum:ada", People.Bot })
        foreach (var fan in Enumerable.Range(1, 6))
            yield return Interaction(Fan(fan), account, "Ada", "share", fan);
        // Nothing for three weeks: on the boards of what was gained lately nobody of them has a place.
        foreach (var number in Enumerable.Range(1, 3))
            yield return Interaction($"{People.Quiet}:reader", $"{People.Quiet}:writer-{number}", $"Writer {number}", "like", 40);
        yield return Interaction($"{People.Network}:mira", $"{People.Network}:ben", "Ben", "reply", 2);
    }

    private static string Interaction(string actor, string target, string name, string kind, long daysAgo) =>
        Some.Interaction(
            actor,
            target,
            kind,
            daysAgo * Day + 600,
            $",\"topics\":[\"{People.Topic}\"],\"community\":\"Kitchen\",\"targetName\":{Json(name)}"
        );

    private static string Fan(int number) => string.Create(CultureInfo.InvariantCulture, $"{People.Network}:fan-{number:00}");

    private static string Profile() =>
        $$"""
            {"accounts":["{{People.Profile}}","code:ada","forum:ada"],"name":{{Json(People.NameOfProfile)}},
            "url":"https://ada.example/about","avatar":"https://ada.example/ada.png"}
            """;

    private static string Json(string text) => JsonSerializer.Serialize(text);

    private static async Task SendAsync(RunningApp app, string path, IEnumerable<string> items)
    {
        foreach (var batch in items.Chunk(BatchSize))
        {
            var answer = await app.PostAsync(path, Some.Batch(batch));
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.Accepted && body.Contains("\"rejected\":[]", StringComparison.Ordinal), body);
        }
    }

    private static async Task PutAsync(RunningApp app, string path, string body)
    {
        var answer = await app.Operator.PutAsync($"/api/v1/{path}", new StringContent(body));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
