using Microsoft.Extensions.DependencyInjection;

namespace Influence.Simulation.Invariants;

/// <summary>
/// Every accepted fact counts exactly once. After a last settlement each stored score is the formula's over the set of accepted facts,
/// under the votes in force; and the board ranks exactly the accounts with influence.
/// </summary>
internal static class FactInvariants
{
    // The smallest tolerance that a settlement can be given leaves a score this far from its votes.
    private const double Tolerance = 1e-8;
    private const string Once = "Every accepted fact counts once";
    private const string Board = "The last board is right";

    public static async Task CheckAsync(ScheduleRecord record, IServiceProvider host, Publication last)
    {
        var keys = await host.GetRequiredService<Deployment>().KeysAsync(default);
        var actors = record.Accepted.SelectMany(Accounts).Distinct().Select(keys.KeyOf);
        var votes = await host.GetRequiredService<CurrentVotes>().OfAsync(actors, default);
        var now = host.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds();
        var expected = record
            .Accepted.GroupBy(f => f.About!.Value)
            .Select(g => AccountUpdate.Apply(AccountState.Empty(g.Key, ScoringPolicy.Current, keys), [.. g], votes, now).State)
            .ToList();
        foreach (var account in expected)
        {
            var card = await host.GetRequiredService<ProfileQueries>().FindAsync(account.Account, default);
            var score = account.ScoreAt(card?.AsOf.ToUnixTimeSeconds() ?? now).Value;
            if (card is null || Math.Abs(card.Score - score) > Tolerance)
                record.Violate(Once, $"{account.Account} scores {card?.Score} instead of {score}");
            else if (card.Coverage.Interactions != account.Totals.Interactions)
                record.Violate(Once, $"{account.Account} counts {card.Coverage} instead of {account.Totals}");
        }

        await CheckBoardAsync(record, host, last, expected);
    }

    private static async Task CheckBoardAsync(ScheduleRecord record, IServiceProvider host, Publication last, List<AccountState> expected)
    {
        var slice = await host.GetRequiredService<BoardQueries>().FindAsync("global", last.Date, 1000, default, default);
        if (slice?.Page is not { } page)
        {
            if (expected.Exists(a => a.Totals.AsOf > 0))
                record.Violate(Board, $"There is none of {last.Date:O}");
            return;
        }

        var asOf = page.AsOf.ToUnixTimeSeconds();
        var ranked = expected.Where(a => a.InputsAt(asOf).Influence > 0).ToDictionary(a => a.Account.Value, a => a.ScoreAt(asOf).Value);
        var rows = page.Rows.ToDictionary(r => r.Id, r => r.Score);
        if (page.Total != ranked.Count || last.Accounts != ranked.Count || !rows.Keys.ToHashSet().SetEquals(ranked.Keys))
            record.Violate(Board, $"It ranks {page.Total} accounts, says {last.Accounts} and shows {rows.Count} instead of {ranked.Count}");
        foreach (var (id, score) in rows)
            if (ranked.TryGetValue(id, out var right) && Math.Abs(score - right) > Tolerance)
                record.Violate(Board, $"It shows {score} for {id} instead of {right}");
    }

    private static IEnumerable<AccountId> Accounts(Fact fact) =>
        fact switch
        {
            Interaction i => [i.Actor, i.Target!.Value],
            Undo u => [u.Original.Actor, u.Original.Target!.Value],
            _ => [fact.About!.Value],
        };
}
