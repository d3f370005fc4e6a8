namespace Influence.Pipeline.Tests.Settle;

public sealed class PassVotesTests
{
    private const int Ranges = 8;
    private const int Actors = 2_000;

    private static readonly KeyHasher Keys = new(1);

    private static readonly PublicationRun Run = new(
        "run",
        DateTimeOffset.UnixEpoch,
        Ranges,
        new PublicationInput(new DateOnly(2026, 11, 20), 1_790_000_000, 1_790_000_000, 3, 0.01)
    );

    [Fact]
    public async Task Votes_that_fit_are_read_once_by_all_who_ask()
    {
        var data = await StoredAsync();
        using var cache = new PassVotesCache(data, TimeProvider.System, 1_000_000);
        for (var i = 0; i < 3; i++)
            Assert.Equal(await ScoresAsync(await cache.OfAsync(Run, 1, default)), Expected());
        Assert.Equal(Ranges, data.Reads);
    }

    [Fact]
    public async Task Votes_that_do_not_fit_are_read_once_for_each_batch()
    {
        var data = await StoredAsync();
        // Room for 40 actors, which are four of the 30 accounts: each asks for five ties and for the same five people.
        using var cache = new PassVotesCache(data, TimeProvider.System, 40 * 256);
        var pass = await cache.OfAsync(Run, 1, default);
        var before = data.Reads;
        Assert.Equal(await ScoresAsync(pass), Expected());
        Assert.InRange(data.Reads - before, 8, 8 * Ranges);
        Assert.InRange(before, 1, Ranges);
    }

    [Fact]
    public async Task An_account_that_somebody_new_engaged_meanwhile_gets_their_vote_too()
    {
        using var cache = new PassVotesCache(await StoredAsync(), TimeProvider.System, 0);
        var pass = await cache.OfAsync(Run, 1, default);
        var (group, votes) = await pass.GroupsAsync(Accounts().ToAsyncEnumerable(), a => a, default).FirstAsync();
        Assert.Same(votes.AtHand, await votes.ForAsync(group[0], default));
        var later = AccountUpdate.Apply(group[0], [Share(Actors - 1, group[0].Account)], VoteTable.AllOne, Run.SettleAt).State;
        var fresh = await votes.ForAsync(later, default);
        Assert.Equal(
            AccountSettlement.ScoreUnder(later, VoteTable.Of(Votes()), Run.SettleAt),
            AccountSettlement.ScoreUnder(later, fresh, Run.SettleAt)
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public async Task A_part_that_is_missing_is_an_error(long maxBytes)
    {
        var data = await StoredAsync();
        using var cache = new PassVotesCache(data, TimeProvider.System, maxBytes);
        data.Parts.Remove(VoteParts.Name(1, new ShardRange(5, Ranges)));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await ScoresAsync(await cache.OfAsync(Run, 1, default)));
    }

    private static async Task<List<double>> ScoresAsync(PassVotes pass) =>
        await pass.GroupsAsync(Accounts().ToAsyncEnumerable(), a => a, default)
            .SelectMany(g => g.Accounts.Select(a => AccountSettlement.ScoreUnder(a, g.Votes.AtHand, Run.SettleAt)))
            .ToListAsync();

    private static IEnumerable<double> Expected() =>
        Accounts().Select(a => AccountSettlement.ScoreUnder(a, VoteTable.Of(Votes()), Run.SettleAt));

    private static IEnumerable<AccountState> Accounts() =>
        Enumerable
            .Range(0, 30)
            .Select(target =>
            {
                var empty = AccountState.Empty(AccountId.Parse($"net:t{target}"), ScoringPolicy.Current, Keys);
                Fact[] facts = [.. Enumerable.Range(0, 5).Select(i => Share(((target * 37) + (i * 101)) % (Actors - 1), empty.Account))];
                return AccountUpdate.Apply(empty, facts, VoteTable.AllOne, Run.SettleAt).State;
            });

    private static Interaction Share(int actor, AccountId target) =>
        new()
        {
            Type = InteractionType.Share,
            Actor = AccountId.Parse($"net:a{actor}"),
            Target = target,
            At = 1_790_000_000 - 1000,
        };

    private static List<KeyValuePair<ulong, float>> Votes() =>
        [
            .. Enumerable
                .Range(0, Actors)
                .Where(i => i % 7 != 0)
                .Select(i => KeyValuePair.Create(Keys.KeyOf(AccountId.Parse($"net:a{i}")), 4f * i / Actors)),
        ];

    private static async Task<CountedData> StoredAsync()
    {
        var data = new CountedData();
        foreach (var part in Votes().ToLookup(v => ShardRange.IndexOf(v.Key, Ranges)))
            await data.PutAsync(
                Run.Id,
                VoteParts.Name(1, new ShardRange(part.Key, Ranges)),
                KeyedValueCodec.Pack(part.Select(Stored)),
                default
            );
        return data;
    }

    private static KeyValuePair<ulong, StoredVote> Stored(KeyValuePair<ulong, float> vote) =>
        KeyValuePair.Create(vote.Key, new StoredVote(vote.Value, (byte)(vote.Key % 12)));

    private sealed class CountedData : ISettlementData
    {
        private int reads;

        public Dictionary<string, byte[]> Parts { get; } = [];

        public int Reads => reads;

        public Task PutAsync(string publication, string name, byte[] data, CancellationToken cancellationToken)
        {
            Parts[name] = data;
            return Task.CompletedTask;
        }

        public Task<byte[]?> FindAsync(string publication, string name, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref reads);
            return Task.FromResult(Parts.GetValueOrDefault(name));
        }
    }
}
