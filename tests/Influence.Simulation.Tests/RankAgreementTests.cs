using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Influence.Simulation.Tests;

/// <summary>One rank everywhere: a card, a row, the neighbours and a plain count agree.</summary>
public sealed class RankAgreementTests
{
    private const int Populations = 1000;
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Of_a_thousand_populations_with_many_ties_every_rank_is_a_plain_count()
    {
        for (var seed = 0; seed < Populations; seed++)
            await AssertRanksAsync(seed);
    }

    [Fact]
    public async Task Where_facts_came_since_the_rank_is_provisional_and_only_there()
    {
        await using var services = Services(boardSize: 2);
        Fact[] facts = [.. Population(new Random(7))];
        await ApplyAsync(services, facts);
        await PublishAsync(services);
        var board = await services.GetRequiredService<BoardQueries>().FindAsync("global", null, 2, default, default);
        var touched = facts.Select(f => f.About!.Value).Distinct().Last(a => board!.Page.Rows.All(r => r.Id != a.Value));
        Fact[] since =
        [
            .. Enumerable
                .Range(0, 50)
                .Select(i => new Interaction
                {
                    Type = InteractionType.Share,
                    Actor = AccountId.Parse($"net:new{i}"),
                    Target = touched,
                    At = Now.ToUnixTimeSeconds(),
                }),
        ];
        await ApplyAsync(services, since);
        foreach (var account in facts.Select(f => f.About!.Value).Distinct())
        {
            var card = (await services.GetRequiredService<ProfileQueries>().FindAsync(account, default))!;
            Assert.Equal(account == touched ? true : null, card.Provisional);
            if (account == touched)
                Assert.Equal(1, card.Rank);
        }
    }

    private static async Task ApplyAsync(ServiceProvider services, Fact[] facts)
    {
        foreach (var message in FactsCodec.Write(facts, new FactOrigin(Now.ToUnixTimeSeconds())))
            await services.GetRequiredService<ScoreRecomputer>().ApplyAsync(message, default);
    }

    private static async Task AssertRanksAsync(int seed)
    {
        var random = new Random(seed);
        await using var services = Services(random.Next(1, 40));
        Fact[] facts = [.. Population(random)];
        await ApplyAsync(services, facts);
        await PublishAsync(services);

        var states = facts.GroupBy(f => f.About!.Value).Select(StateOf).ToList();
        var shown = states.ToDictionary(s => s.Account, s => Shown(s.ScoreAt(Now.ToUnixTimeSeconds()).Value));
        var boards = services.GetRequiredService<BoardQueries>();
        var rows = (await boards.FindAsync("global", null, BoardQueries.MaxTop, default, default))!.Page.Rows;
        foreach (var (account, score) in shown)
        {
            var higher = shown.Values.Count(s => s > score);
            var percentile = 100.0 * (shown.Count - higher) / shown.Count;
            var card = (await services.GetRequiredService<ProfileQueries>().FindAsync(account, default))!;
            var around = (await boards.AroundAsync("global", null, account, 3, default))!;
            var place = rows.FirstOrDefault(r => r.Id == account.Value)?.Rank ?? higher + 1;
            Assert.True(
                (higher + 1, higher + 1, higher + 1) == (card.Rank, around.Rank, place),
                $"seed {seed}, {account}: count {higher + 1}, card {card.Rank}, around {around.Rank}, row {place}"
            );
            Assert.Equal((percentile, percentile, null), (card.Percentile, around.Percentile, card.Provisional));
        }
    }

    // Few people, moments and types, so that many scores are equal, or equal to the hundredth.
    private static IEnumerable<Fact> Population(Random random)
    {
        var (accounts, people) = (random.Next(1, 40), random.Next(1, 6));
        for (var i = 0; i < accounts; i++)
        for (var p = 0; p < 1 + (i % people); p++)
            yield return new Interaction
            {
                Type = random.Next(2) == 0 ? InteractionType.Like : InteractionType.Share,
                Actor = AccountId.Parse($"net:p{p}"),
                Target = AccountId.Parse($"net:t{i}"),
                At = Now.ToUnixTimeSeconds() - (random.Next(3) * 600) - (random.Next(2) * 86_400),
                Id = $"{i}/{p}",
            };
    }

    private static AccountState StateOf(IGrouping<AccountId, Fact> facts) =>
        AccountUpdate
            .Apply(
                AccountState.Empty(facts.Key, ScoringPolicy.Current, new KeyHasher(1)),
                [.. facts],
                VoteTable.AllOne,
                Now.ToUnixTimeSeconds()
            )
            .State;

    private static decimal Shown(double score) => Math.Round((decimal)score, 2, MidpointRounding.AwayFromZero);

    private static async Task PublishAsync(ServiceProvider services)
    {
        var (publisher, shards) = (services.GetRequiredService<Publisher>(), services.GetRequiredService<Deployment>().Shards);
        Assert.NotNull(await publisher.RequestAsync(null, default));
        for (
            var round = 0;
            (await shards.ReceiveMessagesAsync(32)).Value is { Length: > 0 } messages;
            round = Eventually.Round(round, "the publication is over")
        )
            foreach (var message in messages)
            {
                await publisher.RunAsync(message.MessageText, default);
                await shards.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }
    }

    private static ServiceProvider Services(int boardSize)
    {
        var clock = new FakeTimeProvider(Now);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
                    ["Influence:SettlePasses"] = "0",
                    ["Influence:ShardsPerMessage"] = "256",
                    ["Influence:BoardSize"] = $"{boardSize}",
                }
            )
            .Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(new InMemoryStorage(clock).Clients())
            .AddInfluence(configuration)
            .BuildServiceProvider();
    }
}
