using System.Globalization;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Influence.Drills.Support;

/// <summary>Facts that are sent, and what the formula makes of those accepted. Storage is held against it.</summary>
internal sealed class Truth
{
    private const double Tolerance = 1e-9;

    private readonly List<Interaction> accepted = [];
    private readonly Random random;
    private readonly int people;
    private int made;

    public Truth(int seed, int people = 120) => (random, this.people) = (new Random(seed), people);

    /// <summary>Facts that were accepted before.</summary>
    public Truth(IEnumerable<Interaction> facts)
        : this(seed: 0) => accepted.AddRange(facts);

    /// <summary>The network of all accounts.</summary>
    public string Network { get; } = Some.Network();

    /// <summary>All facts that were accepted.</summary>
    public IReadOnlyList<Interaction> Facts
    {
        get
        {
            lock (accepted)
                return [.. accepted];
        }
    }

    public int Accepted
    {
        get
        {
            lock (accepted)
                return accepted.Count;
        }
    }

    public string Account(int person) => $"{Network}:p{person}";

    /// <summary>New facts, each with an id of its own.</summary>
    public IReadOnlyList<Interaction> Make(int count)
    {
        lock (random)
            return [.. Enumerable.Range(0, count).Select(_ => MakeOne())];
    }

    /// <summary>A batch was answered 202; however often it was sent, it counts once.</summary>
    public void Accept(IEnumerable<Interaction> facts)
    {
        lock (accepted)
            accepted.AddRange(facts);
    }

    /// <summary>Holds every account against the formula over all accepted facts.</summary>
    /// <param name="azurite">The storage itself, without anything before it.</param>
    /// <param name="isSettled">
    /// Whether a settlement has changed votes: then sums are held against the account's own ledger and votes.
    /// </param>
    /// <param name="without">Accounts that were erased.</param>
    /// <returns>How many accounts were compared.</returns>
    public async Task<int> AssertAsync(TestAzurite azurite, bool isSettled, params string[] without)
    {
        await using var services = Services(azurite.ConnectionString);
        var store = await services.GetRequiredService<AccountWriter>().StoreAsync(CancellationToken.None);
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var (compared, wrong) = (0, new List<string>());
        foreach (var account in accepted.GroupBy(f => f.Target!.Value).Where(g => !without.Contains(g.Key.Value)))
        {
            var expected = AccountUpdate
                .Apply(AccountState.Empty(account.Key, ScoringPolicy.Current, store.Keys.Hasher), [.. account], VoteTable.AllOne, now)
                .State;
            var stored = (await store.LoadWholeAsync(account.Key, CancellationToken.None)).State;
            wrong.AddRange(Differences(expected, stored, now, isSettled).Select(d => $"{account.Key}: {d}"));
            compared++;
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} differences in {compared} accounts:\n{string.Join('\n', wrong.Take(20))}");
        return compared;
    }

    /// <summary>No message was given up, and none is on its way to be.</summary>
    public static async Task AssertNoDeadLettersAsync(TestAzurite azurite)
    {
        await using var services = Services(azurite.ConnectionString);
        var deployment = services.GetRequiredService<Deployment>();
        var letters = await deployment.DeadLetters.QueryAsync<TableEntity>().Select(r => r.GetString("Reason")).ToListAsync();
        Assert.True(letters.Count == 0, $"{letters.Count} dead letters: {string.Join("; ", letters.Distinct())}");
    }

    /// <summary>The steps of the app over a storage, in this process.</summary>
    public static ServiceProvider Services(string connectionString)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["AzureWebJobsStorage"] = connectionString })
            .Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddInfluence(configuration)
            .BuildServiceProvider();
    }

    /// <summary>A batch as it is posted.</summary>
    public static string Batch(IEnumerable<Interaction> facts) =>
        Some.Batch(
            facts.Select(f =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"type":"share","actor":"{{f.Actor}}","target":"{{f.Target}}","at":{{f.At}},"id":"{{f.Id}}"}"""
                )
            )
        );

    private static IEnumerable<string> Differences(AccountState expected, AccountState stored, long now, bool isSettled)
    {
        var (due, there) = (Entries(expected), Entries(stored));
        if (!due.SetEquals(there))
            yield return $"its ledger lacks {due.Except(there).Count()} facts and has {there.Except(due).Count()} too many, of {due.Count}";
        if (expected.Totals.Interactions != stored.Totals.Interactions)
            yield return $"{stored.Totals.Interactions} interactions instead of {expected.Totals.Interactions}";
        if (isSettled)
        {
            foreach (var drift in AccountVerify.Verify(stored, now, Tolerance).Drifts)
                yield return $"{drift.What} is {drift.Stored:r} and its ledger gives {drift.Recomputed:r}";
            yield break;
        }

        var (right, found) = (expected.ScoreAt(now), stored.ScoreAt(now));
        if (Differ(right.Value, found.Value) || Differ(right.Influence, found.Influence))
            yield return $"score {found.Value:r}, influence {found.Influence:r} instead of {right.Value:r}, {right.Influence:r}";
    }

    private static HashSet<(UInt128, long, byte)> Entries(AccountState state) =>
        [.. state.Ledger.Days.Values.SelectMany(day => day.Records()).Select(e => (e.Key, e.At, e.Kind))];

    private static bool Differ(double expected, double found) =>
        !(Math.Abs(expected - found) <= Tolerance * Math.Max(1, Math.Abs(expected)));

    private Interaction MakeOne()
    {
        var target = random.Next(1 + random.Next(people));
        var actor = (target + 1 + random.Next(people - 1)) % people;
        return new Interaction
        {
            Type = InteractionType.Share,
            Actor = AccountId.Parse(Account(actor)),
            Target = AccountId.Parse(Account(target)),
            // Old enough for a host whose clock is behind.
            At = Some.Now - random.Next(1_000, 20 * 86_400),
            Id = string.Create(CultureInfo.InvariantCulture, $"f{made++}"),
            Source = Writer.Unnamed.SourceOf(null),
        };
    }
}
