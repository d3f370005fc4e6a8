namespace Influence.Pipeline.Settle;

/// <summary>
/// The steps of a settlement for one range of shards. Each reads what the step before left, writes its own part, and is the same when it
/// runs twice:
/// accounts are only written by <see cref="ApplyAsync"/>, when all votes are known.
/// </summary>
internal sealed class SettlementSteps(
    IAccountShards accounts,
    ISettlementData data,
    PassVotesCache votes,
    IVotesInForce inForce,
    InfluenceOptions options
)
{
    private const int LooksEvery = 1000;

    /// <summary>Sums what the accounts of this range take of every actor's attention, and hands the sums to the actors' ranges.</summary>
    public async Task SpendAsync(PublicationRun run, ShardRange range, CancellationToken cancellationToken)
    {
        var (attention, scores) = (new Dictionary<ulong, long>(), new Dictionary<ulong, double>());
        await foreach (var account in accounts.WithTiesAsync(range, cancellationToken))
        {
            AccountSettlement.Spend(account, run.AsOf, attention);
            scores[account.Key] = account.ScoreAt(run.AsOf).Value;
        }

        foreach (var (actors, packed) in KeyedValueCodec.PackByRange(attention, range.Count))
            await data.PutAsync(run.Id, $"spend|{actors}|{range}", packed, cancellationToken);
        await data.PutAsync(run.Id, Scores(0, range), KeyedValueCodec.Pack(scores), cancellationToken);
    }

    /// <summary>Adds up the attention of this range's actors, and gives them their first votes.</summary>
    public async Task VoteAsync(PublicationRun run, ShardRange range, CancellationToken cancellationToken)
    {
        var attention = new Dictionary<ulong, long>();
        foreach (var source in ShardRange.All(range.Count))
        foreach (var (actor, spent) in KeyedValueCodec.Read<long>(await NeedAsync(run, $"spend|{range}|{source}", cancellationToken)))
            attention[actor] = attention.GetValueOrDefault(actor) + spent;
        await data.PutAsync(run.Id, Attention(range), KeyedValueCodec.Pack(attention), cancellationToken);
        var scores = KeyedValueCodec.Read<double>(await NeedAsync(run, Scores(0, range), cancellationToken)).ToDictionary();
        await PutVotesAsync(run, 1, range, attention, scores, cancellationToken);
    }

    /// <summary>Scores every account of this range under the votes of this pass, and gives its actors their votes for the next.</summary>
    /// <returns>The largest change of any score since the pass before, points.</returns>
    public async Task<double> PassAsync(PublicationRun run, int pass, ShardRange range, CancellationToken cancellationToken)
    {
        var fresh = await votes.OfAsync(run.Id, pass, range.Count, cancellationToken);
        var before = KeyedValueCodec.Read<double>(await NeedAsync(run, Scores(pass - 1, range), cancellationToken)).ToDictionary();
        var (scores, largest) = (new Dictionary<ulong, double>(before.Count), 0.0);
        await foreach (var account in accounts.WithTiesAsync(range, cancellationToken))
        {
            var score = scores[account.Key] = AccountSettlement.ScoreUnder(account, fresh, run.AsOf);
            // An account that came meanwhile has its votes by the next settlement.
            if (before.TryGetValue(account.Key, out var then))
                largest = Math.Max(largest, Math.Abs(score - then));
        }

        await data.PutAsync(run.Id, Scores(pass, range), KeyedValueCodec.Pack(scores), cancellationToken);
        var attention = KeyedValueCodec.Read<long>(await NeedAsync(run, Attention(range), cancellationToken)).ToDictionary();
        await PutVotesAsync(run, pass + 1, range, attention, scores, cancellationToken);
        return largest;
    }

    /// <summary>
    /// Writes the accounts whose score moved by more than the tolerance, or that have something to forget, and ranks all of them. Overtaken
    /// by a settlement that
    /// was asked for later it writes no more, and ranks the accounts as they are.
    /// </summary>
    public async Task<BoardSet> ApplyAsync(PublicationRun run, int pass, ShardRange range, CancellationToken cancellationToken)
    {
        var fresh = await votes.OfAsync(run.Id, pass, range.Count, cancellationToken);
        var (boards, gate, scanned, counts) = (new BoardSet(options.BoardSize), new Lock(), -1, true);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.AccountsAtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            accounts.DocumentsAsync(range, cancellationToken),
            parallel,
            async (document, cancelled) =>
            {
                var account = document.State;
                if (Interlocked.Increment(ref scanned) % LooksEvery == 0)
                    counts = await inForce.AreOfAsync(run, cancelled);
                var moved = Math.Abs(AccountSettlement.ScoreUnder(account, fresh, run.AsOf) - account.ScoreAt(run.AsOf).Value);
                if (counts && (moved > run.Tolerance || AccountSettlement.HasExpired(account, run.AsOf)))
                    account = await accounts.RecomputeAsync(document, fresh, run.AsOf, cancelled);
                lock (gate)
                    boards.Add(account, account.InputsAt(run.AsOf), run.AsOf);
            }
        );
        return boards;
    }

    /// <summary>
    /// Ranks the accounts of this range under the votes they have; at the end of a past day, from their histories, under the votes of then.
    /// </summary>
    public async Task<BoardSet> RankAsync(PublicationRun run, ShardRange range, CancellationToken cancellationToken)
    {
        var boards = new BoardSet(options.BoardSize);
        var (day, isEndOfDay) = ((int)(run.AsOf / ScoringPolicy.Day) - 1, run.AsOf % ScoringPolicy.Day == 0);
        await foreach (var account in accounts.SummariesAsync(range, cancellationToken))
            boards.Add(account, isEndOfDay ? account.InputsAtEndOf(day) : account.InputsAt(run.AsOf), run.AsOf);
        return boards;
    }

    private static string Scores(int pass, ShardRange range) => $"scores|{pass:D3}|{range}";

    private static string Attention(ShardRange range) => $"attention|{range}";

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
