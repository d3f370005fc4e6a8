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
    InfluenceOptions options
)
{
    private const int LooksEvery = 10;

    /// <summary>Sums what the accounts of this range take of every actor's attention. Hands the sums to the actors' ranges.</summary>
    public async Task<StepResult> AttentionAsync(PublicationRun run, ShardRange range, CancellationToken cancellationToken)
    {
        var (attention, scores) = (new Dictionary<ulong, long>(), new Dictionary<ulong, double>());
        await foreach (var account in accounts.WithTiesAsync(range, cancellationToken))
        {
            AccountSettlement.Spend(account, run.SettleAt, attention);
            scores[account.Key] = account.ScoreAt(run.SettleAt).Value;
        }

        foreach (var (actors, packed) in KeyedValueCodec.PackByRange(attention, range.Count))
            await data.PutAsync(run.Id, $"attention|{actors}|{range}", packed, cancellationToken);
        await data.PutAsync(run.Id, Scores(0, range), KeyedValueCodec.Pack(scores), cancellationToken);
        return StepResult.Done;
    }

    /// <summary>Adds up the attention of this range's actors, and gives them their first votes.</summary>
    public async Task<StepResult> InitialVotesAsync(PublicationRun run, ShardRange range, CancellationToken cancellationToken)
    {
        var attention = new Dictionary<ulong, long>();
        foreach (var source in ShardRange.All(range.Count))
        foreach (var (actor, spent) in KeyedValueCodec.Read<long>(await NeedAsync(run, $"attention|{range}|{source}", cancellationToken)))
            attention[actor] = attention.GetValueOrDefault(actor) + spent;
        await data.PutAsync(run.Id, Attention(range), KeyedValueCodec.Pack(attention), cancellationToken);
        var scores = KeyedValueCodec.Read<double>(await NeedAsync(run, Scores(0, range), cancellationToken)).ToDictionary();
        await PutVotesAsync(run, 1, range, attention, scores, cancellationToken);
        return StepResult.Done;
    }

    /// <summary>Scores every account of this range under the votes of this pass. Gives its actors their votes for the next.</summary>
    /// <returns>Its value is the largest change of any score since the pass before, points.</returns>
    public async Task<StepResult> IterateAsync(PublicationRun run, int pass, ShardRange range, CancellationToken cancellationToken)
    {
        var fresh = await votes.OfAsync(run.Id, pass, range.Count, cancellationToken);
        var before = KeyedValueCodec.Read<double>(await NeedAsync(run, Scores(pass - 1, range), cancellationToken)).ToDictionary();
        var (scores, largest) = (new Dictionary<ulong, double>(before.Count), 0.0);
        await foreach (var account in accounts.WithTiesAsync(range, cancellationToken))
        {
            var score = scores[account.Key] = AccountSettlement.ScoreUnder(account, fresh, run.SettleAt);
            // An account that came meanwhile has its votes by the next settlement.
            if (before.TryGetValue(account.Key, out var then))
                largest = Math.Max(largest, Math.Abs(score - then));
        }

        await data.PutAsync(run.Id, Scores(pass, range), KeyedValueCodec.Pack(scores), cancellationToken);
        var attention = KeyedValueCodec.Read<long>(await NeedAsync(run, Attention(range), cancellationToken)).ToDictionary();
        await PutVotesAsync(run, pass + 1, range, attention, scores, cancellationToken);
        return new StepResult(largest);
    }

    /// <summary>
    /// Writes the accounts whose score moved by more than the tolerance, and ranks all. Those that have something to forget are written
    /// too.
    /// </summary>
    /// <remarks>Overtaken by a settlement that was requested later it writes no more, and ranks the accounts as they are.</remarks>
    public async Task<BoardBuilder> ApplyAsync(PublicationRun run, int pass, ShardRange range, CancellationToken cancellationToken)
    {
        var fresh = await votes.OfAsync(run.Id, pass, range.Count, cancellationToken);
        // Before any account is written, then every now and then.
        var counts = await isInForce(run, cancellationToken);
        var (boards, gate, chunks) = (new BoardBuilder(options), new Lock(), 0);
        var parallel = Parallelism.AtMost(options.AccountsAtATime, cancellationToken);
        await Parallel.ForEachAsync(
            accounts.DocumentsAsync(range, cancellationToken).Chunk(AccountStore.MaxRows),
            parallel,
            async (documents, token) =>
            {
                if (Interlocked.Increment(ref chunks) % LooksEvery == 0)
                    counts = await isInForce(run, token);
                var changed = counts ? Array.FindAll(documents, d => IsToBeWritten(d.State, fresh, run)) : [];
                var settled = (await accounts.RecomputeAsync(changed, fresh, run, token)).ToDictionary(a => a.Account);
                lock (gate)
                    foreach (var account in documents.Select(d => settled.GetValueOrDefault(d.State.Account) ?? d.State))
                        boards.Add(account, InputsOf(account, run), run.Date);
            }
        );
        return boards;
    }

    private static bool IsToBeWritten(AccountState account, IVotes fresh, PublicationRun run)
    {
        var moved = Math.Abs(AccountSettlement.ScoreUnder(account, fresh, run.SettleAt) - account.ScoreAt(run.SettleAt).Value);
        return moved > run.Input.Tolerance || AccountSettlement.HasExpired(account, run.SettleAt);
    }

    /// <summary>Ranks the accounts of this range under the votes they have.</summary>
    public async Task<BoardBuilder> RankAsync(PublicationRun run, ShardRange range, CancellationToken cancellationToken)
    {
        var boards = new BoardBuilder(options);
        await foreach (var account in accounts.SummariesAsync(range, cancellationToken))
            boards.Add(account, InputsOf(account, run), run.Date);
        return boards;
    }

    // At the end of a day from the histories, as known then.
    private static ScoreInputs InputsOf(AccountState account, PublicationRun run) =>
        run.Input.EndOfDay is { } day ? account.InputsAtEndOf(day) : account.InputsAt(run.Input.AsOf);

    private static string Scores(int pass, ShardRange range) => $"scores|{pass:D3}|{range}";

    private static string Attention(ShardRange range) => $"attention-sum|{range}";

    // Everyone with a score votes by it, also who engaged nobody yet: tomorrow they may.
    private Task PutVotesAsync(
        PublicationRun run,
        int pass,
        ShardRange range,
        Dictionary<ulong, long> attention,
        Dictionary<ulong, double> scores,
        CancellationToken cancellationToken
    )
    {
        var all = attention
            .Keys.Concat(scores.Keys.Where(k => !attention.ContainsKey(k)))
            .Select(key =>
                KeyValuePair.Create(
                    key,
                    AccountSettlement.VoteOf(scores.GetValueOrDefault(key, 1), attention.GetValueOrDefault(key), ScoringPolicy.Current)
                )
            );
        return data.PutAsync(
            run.Id,
            PassVotesCache.Name(pass, range),
            KeyedValueCodec.Pack(all.Where(v => v.Value != 1)),
            cancellationToken
        );
    }

    private async Task<byte[]> NeedAsync(PublicationRun run, string name, CancellationToken cancellationToken) =>
        await data.FindAsync(run.Id, name, cancellationToken)
        ?? throw new InvalidDataException($"The settlement's part '{name}' is missing.");
}
