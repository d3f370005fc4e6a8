namespace Influence.Pipeline.Settle;

/// <summary>The steps of a settlement, each for one range of shards.</summary>
/// <remarks>
/// Each reads what the step before left and writes its own part; it is idempotent. Accounts are written by <see cref="ApplyAsync"/> alone,
/// when all votes are known.
/// </remarks>
internal sealed class SettlementSteps(
    IAccountShards accounts,
    ISettlementData data,
    PassVotesCache votes,
    Func<PublicationRun, CancellationToken, Task<bool>> isInForce,
    Func<ShardRange, CancellationToken, Task<OwnActivities>> activityOf,
    Func<CancellationToken, Task<ErasedAccounts>> erasedNow,
    InfluenceOptions options
)
{
    private const int LooksEvery = 10;

    // Stands for the score of an account without a vote; scores are 1 to 100.
    private const double NoVote = 0;

    // Shares are rewritten where one moved by more: they say what part of the score comes from where, in percent.
    private const double ShareTolerance = 0.005;

    /// <summary>Sums what the accounts of this range take of every actor's attention. Hands the sums to the actors' ranges.</summary>
    public async Task<StepResult> AttentionAsync(PublicationRun run, ShardRange range, CancellationToken cancellationToken)
    {
        var (attention, scores) = (new AttentionSums(), new List<KeyValuePair<ulong, double>>());
        await foreach (var account in accounts.WithTiesAsync(range, cancellationToken))
        {
            AccountSettlement.Spend(account, run.SettleAt, attention.Of);
            scores.Add(new(account.Key, Votes(account) ? account.ScoreAt(run.SettleAt).Value : NoVote));
        }

        foreach (var actors in ShardRange.All(range.Count))
            await data.PutAsync(run.Id, $"attention|{actors}|{range}", attention.Pack(actors), cancellationToken);
        await data.PutAsync(run.Id, Scores(0, range), KeyedValueCodec.Pack(scores), cancellationToken);
        return StepResult.Done;
    }

    /// <summary>Adds up the attention of this range's actors, and gives them their first votes.</summary>
    public async Task<StepResult> InitialVotesAsync(PublicationRun run, ShardRange range, CancellationToken cancellationToken)
    {
        var attention = new AttentionSums();
        foreach (var source in ShardRange.All(range.Count))
            attention.Add(await NeedAsync(run, $"attention|{range}|{source}", cancellationToken));
        var packed = attention.Pack(range);
        await data.PutAsync(run.Id, Attention(range), packed, cancellationToken);
        await PutVotesAsync(run, 1, range, packed, await NeedAsync(run, Scores(0, range), cancellationToken), cancellationToken);
        return StepResult.Done;
    }

    /// <summary>Scores every account of this range under the votes of this pass. Gives its actors their votes for the next.</summary>
    /// <returns>Its value is the largest change of any score since the pass before, points.</returns>
    public async Task<StepResult> IterateAsync(PublicationRun run, int pass, ShardRange range, CancellationToken cancellationToken)
    {
        var fresh = await votes.OfAsync(run, pass, cancellationToken);
        var before = await NeedAsync(run, Scores(pass - 1, range), cancellationToken);
        var (scores, largest) = (new List<KeyValuePair<ulong, double>>(KeyedValueCodec.CountOf<double>(before)), 0.0);
        var groups = fresh.GroupsAsync(accounts.WithTiesAsync(range, cancellationToken), a => a, cancellationToken);
        await foreach (var (group, its) in groups)
        foreach (var account in group)
        {
            var score = Votes(account) ? AccountSettlement.ScoreUnder(account, its.AtHand, run.SettleAt) : NoVote;
            scores.Add(new(account.Key, score));
            // An account that came meanwhile has its votes by the next settlement.
            largest = Math.Max(largest, Math.Abs(score - KeyedValueCodec.Find(before, account.Key, score)));
        }

        var packed = KeyedValueCodec.Pack(scores);
        await data.PutAsync(run.Id, Scores(pass, range), packed, cancellationToken);
        await PutVotesAsync(run, pass + 1, range, await NeedAsync(run, Attention(range), cancellationToken), packed, cancellationToken);
        return new StepResult(largest);
    }

    /// <summary>
    /// Writes the accounts whose score moved by more than the tolerance, and ranks all. Those that have something to forget are written
    /// too.
    /// </summary>
    /// <remarks>Overtaken by a settlement that was requested later it writes no more, and ranks the accounts as they are.</remarks>
    public async Task<BoardBuilder> ApplyAsync(PublicationRun run, int pass, ShardRange range, CancellationToken cancellationToken)
    {
        var fresh = await votes.OfAsync(run, pass, cancellationToken);
        // Before any account is written, then every now and then.
        var counts = await isInForce(run, cancellationToken);
        var (own, erased) = (await activityOf(range, cancellationToken), await erasedNow(cancellationToken));
        var (boards, audience, gate, chunks) = (new BoardBuilder(options), new AudienceTally(), new Lock(), 0);
        var parallel = Parallelism.AtMost(options.AccountsAtATime, cancellationToken);
        await Parallel.ForEachAsync(
            fresh.GroupsAsync(accounts.DocumentsAsync(range, cancellationToken), d => d.State, cancellationToken),
            parallel,
            async (group, token) =>
            {
                var (scanned, its) = group;
                // What each account's people engage it for, under the new votes; then the ledger is needed no more.
                var documents = Array.ConvertAll(scanned, d => WithMeasures(WithShares(d, its.AtHand, run), its.AtHand, own, run));
                if (Interlocked.Increment(ref chunks) % LooksEvery == 0)
                    counts = await isInForce(run, token);
                AccountDocument[] changed = counts
                    ? [.. documents.Where((d, i) => IsToBeWritten(scanned[i].State, d.State, its.AtHand, erased, run))]
                    : [];
                var settled = (await accounts.RecomputeAsync(changed, its, run, token)).ToDictionary(a => a.Account);
                lock (gate)
                    foreach (var account in documents.Select(d => settled.GetValueOrDefault(d.State.Account) ?? d.State))
                    {
                        // Its rows go with its erasure.
                        if (erased.Has(account.Account))
                            continue;
                        var inputs = InputsOf(account, run);
                        boards.Add(account, inputs, run.BoardsAt, erased);
                        audience.Add(account, inputs.People);
                    }
            }
        );
        await data.PutAsync(run.Id, AudienceTally.Name(range), audience.Pack(), cancellationToken);
        return boards;
    }

    // Where the ledger cannot be read the shares stay.
    private static AccountDocument WithShares(AccountDocument scanned, IVotes? votes, PublicationRun run) =>
        scanned.State.IsLedgerLoaded
            ? scanned with
            {
                State = scanned.State with { Shares = PeopleShares.Of(scanned.State, votes, run.SettleAt) },
            }
            : scanned;

    // Beside the score: how it took part itself, and who engages it. A make-up that hardly moved stays as it was.
    private static AccountDocument WithMeasures(AccountDocument scanned, IVotes votes, OwnActivities own, PublicationRun run)
    {
        var before = scanned.State;
        var (style, makeup) = (own.StyleOf(before.Key), AudienceMakeup.Of(before, votes, run.SettleAt));
        return scanned with
        {
            State = own.Named(before) with
            {
                Style = style,
                EngagesBack = style is null ? 0 : AccountSettlement.EngagesBack(before, own, votes, run.SettleAt),
                Makeup = before.Makeup?.DifferenceFrom(makeup) <= ShareTolerance ? before.Makeup : makeup,
            },
        };
    }

    private static bool IsToBeWritten(AccountState before, AccountState account, IVotes fresh, ErasedAccounts erased, PublicationRun run)
    {
        var moved = Math.Abs(AccountSettlement.ScoreUnder(account, fresh, run.SettleAt) - account.ScoreAt(run.SettleAt).Value);
        return moved > run.Input.Tolerance
            || AccountSettlement.HasExpired(account, run.SettleAt)
            || account.Shares.DifferenceFrom(before.Shares) > ShareTolerance
            || account.Style != before.Style
            || account.Name != before.Name
            || account.EngagesBack != before.EngagesBack
            || erased.AreNamedIn(before)
            || !ReferenceEquals(account.Makeup, before.Makeup);
    }

    /// <summary>Ranks the accounts of this range under the votes they have.</summary>
    public async Task<BoardBuilder> RankAsync(PublicationRun run, ShardRange range, CancellationToken cancellationToken)
    {
        var boards = new BoardBuilder(options);
        var erased = await erasedNow(cancellationToken);
        await foreach (var account in accounts.DocumentsAsync(range, cancellationToken))
            if (!erased.Has(account.State.Account))
                boards.Add(WithShares(account, null, run).State, InputsOf(account.State, run), run.BoardsAt, erased);
        return boards;
    }

    // At the end of a day from the histories, as known then.
    private static ScoreInputs InputsOf(AccountState account, PublicationRun run) =>
        run.Input.EndOfDay is { } day ? account.InputsAtEndOf(day) : account.InputsAt(run.Input.AsOf);

    private static string Scores(int pass, ShardRange range) => $"scores|{pass:D3}|{range}";

    private static string Attention(ShardRange range) => $"attention-sum|{range}";

    // Everyone with a score votes by it, also who engaged nobody yet: tomorrow they may.
    // The erased have none: what others keep of them counts for nothing.
    private async Task PutVotesAsync(
        PublicationRun run,
        int pass,
        ShardRange range,
        byte[] attention,
        byte[] scores,
        CancellationToken cancellationToken
    )
    {
        var erased = await erasedNow(cancellationToken);
        var all = KeyedValueCodec
            .Join<Attention, double>(attention, default, scores, 1)
            .Select(v => KeyValuePair.Create(v.Key, VoteOf(erased.HasActor(v.Key) ? NoVote : v.Second, v.First)))
            .Where(v => v.Value != StoredVote.Default);
        // Counted first: cheaper than to gather them.
        await data.PutAsync(run.Id, VoteParts.Name(pass, range), KeyedValueCodec.PackSorted(all, all.Count()), cancellationToken);

        static StoredVote VoteOf(double score, Attention spent) =>
            new(
                score == NoVote ? 0 : AccountSettlement.VoteOf(score, spent, ScoringPolicy.Current),
                VoteTraits.Of(spent.EngagesSeveral, score)
            );
    }

    // Who is no person, by standing, has no vote.
    private static bool Votes(AccountState account) => account.Standing == Standing.Member;

    private async Task<byte[]> NeedAsync(PublicationRun run, string name, CancellationToken cancellationToken) =>
        await data.FindAsync(run.Id, name, cancellationToken)
        ?? throw new InvalidDataException($"The settlement's part '{name}' is missing.");
}
