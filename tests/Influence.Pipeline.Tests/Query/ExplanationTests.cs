namespace Influence.Pipeline.Tests.Query;

/// <summary>Explanations and histories, from one row each.</summary>
public sealed class ExplanationTests
{
    [Fact]
    public async Task Every_number_can_be_recomputed_from_the_answer_itself()
    {
        await using var app = new App(null, null, null, ("Influence:SettlePasses", "3"), ("Influence:VoteCacheSeconds", "0"));
        await app.SendAsync(Facts(app));
        await app.DrainAsync();
        await app.PublishAsync();
        app.Clock.Advance(TimeSpan.FromDays(2));
        await app.SendAsync([app.Share("net:p1", "net:p2"), app.Share("net:p2", "net:t"), app.Share("net:new", "net:t")]);
        await app.DrainAsync();
        await app.PublishAsync();
        foreach (var days in new[] { 1, 2, 3, 7, 30, 90 })
        {
            var told = await ExplainAsync(app, "net:t", days);
            ExplanationCheck.Recompute(told);
            Assert.Equal((await app.CardAsync("net:t"))!.Score, told.Now.Score);
        }

        var since = await ExplainAsync(app, "net:t", 1);
        Assert.NotEqual(0, since.Change.Settlement);
        Assert.Equal("Somebody", since.People.Single(p => p.Id == "net:p3").Name);
        Assert.All(
            ["score", "coverage", "reach", "depth", "voice", "change"],
            about => Assert.Contains(since.Sentences, s => s.About == about)
        );
    }

    [Fact]
    public async Task So_can_those_of_a_profile_of_several_accounts()
    {
        await using var app = new App(null, null, null, ("Influence:SettlePasses", "3"), ("Influence:VoteCacheSeconds", "0"));
        await app.SendAsync(Facts(app));
        await app.SendAsync([app.Share("net:t", "web:t"), app.Share("web:t", "net:t"), app.Share("net:p1", "web:t", age: 40 * 86_400)]);
        await app.DrainAsync();
        await app.PublishAsync();
        var change = new ProfileChange([AccountId.Parse("net:t"), AccountId.Parse("web:t")], null, null, null);
        await app.Get<ProfileEditor>().PutAsync(AccountId.Parse("net:t"), change, false, default);
        foreach (var days in new[] { 1, 10, 60 })
        {
            var told = await ExplainAsync(app, "web:t", days);
            ExplanationCheck.Recompute(told);
            Assert.Equal(["net:t", "web:t"], told.Accounts.Select(a => a.Id));
            Assert.All(told.Accounts, a => Assert.True(a.Inner > 0));
            Assert.DoesNotContain(told.People, p => p.Id is "net:t" or "web:t");
        }
    }

    [Fact]
    public async Task Explanation_and_history_are_one_table_operation_each()
    {
        await using var app = new App();
        await app.SendAsync(Enumerable.Range(0, 1000).Select(i => app.Share($"net:a{i}", "net:large", age: i * 3600)));
        await app.SendAsync([app.Share("net:a", "net:small")]);
        await app.DrainAsync();
        await app.CardAsync("net:small");
        foreach (var account in new[] { "net:small", "net:large", "net:nobody" })
        {
            var count = app.CountCalls();
            await app.Get<ExplanationQueries>()
                .ExplainAsync(AccountId.Parse(account), app.Get<ExplanationQueries>().Today.AddDays(-7), default);
            Assert.Equal(1, count.Total);
            await app.Get<ExplanationQueries>().HistoryAsync(AccountId.Parse(account), 90, default);
            Assert.Equal(2, count.Total);
        }
    }

    [Fact]
    public async Task The_history_has_a_score_for_every_day_and_marks_the_faded_ones()
    {
        await using var app = new App();
        await app.SendAsync([app.Share("net:a", "net:t", age: 5 * 86_400), app.Share("net:b", "net:t", age: 2 * 86_400)]);
        await app.DrainAsync();
        var days = (await app.Get<ExplanationQueries>().HistoryAsync(AccountId.Parse("net:t"), 90, default))!.Value.Days;
        Assert.Equal([null, true, true, null, true, true], days.Select(d => d.Faded));
        Assert.Equal(app.Get<ExplanationQueries>().Today.AddDays(-5), days[0].Date);
        for (var i = 1; i < days.Count; i++)
            Assert.Equal(days[i - 1].Date.AddDays(1), days[i].Date);
        // Faded by the formula: half in thirty days.
        Assert.Equal(days[0].Influence * Math.Pow(2, -1 / 30.0), days[1].Influence, 1e-6);
        Assert.Equal((await app.CardAsync("net:t"))!.Score, days[^1].Score);
        Assert.Equal(3, (await app.Get<ExplanationQueries>().HistoryAsync(AccountId.Parse("net:t"), 3, default))!.Value.Days.Count);
    }

    [Fact]
    public async Task A_first_fact_that_is_dated_past_the_coming_midnight_has_a_history_of_today()
    {
        await using var app = new App(now: new DateTimeOffset(2026, 11, 20, 23, 58, 0, TimeSpan.Zero));
        await app.SendAsync([app.Share("net:x", "net:t", age: -240)]);
        await app.DrainAsync();
        var queries = app.Get<ExplanationQueries>();
        var days = (await queries.HistoryAsync(AccountId.Parse("net:t"), 90, default))!.Value.Days;
        Assert.Equal(queries.Today, Assert.Single(days).Date);
    }

    private static async Task<Explanation> ExplainAsync(App app, string account, int days)
    {
        var queries = app.Get<ExplanationQueries>();
        return (await queries.ExplainAsync(AccountId.Parse(account), queries.Today.AddDays(-days), default))!.Value;
    }

    private static IEnumerable<Interaction> Facts(App app) =>
        Enumerable
            .Range(0, 40)
            .Select(i =>
                app.Share($"net:p{i % 12}", "net:t", age: i * 100_000) with
                {
                    Type = (InteractionType)(1 + (i % 8)),
                    ActorName = i % 12 == 3 ? "Somebody" : null,
                    Context = FactContext.Of(i % 3 == 0 ? ["code", "art"] : ["code"], i % 2 == 0 ? "forum" : null),
                }
            )
            .Concat(Enumerable.Range(0, 30).Select(i => app.Share($"net:q{i}", $"net:p{i % 12}", age: i * 50_000)));
}
