namespace Influence.Simulation.Invariants;

/// <summary>The accounts as they were stored at a moment.</summary>
internal sealed record KnownAccounts(DateTimeOffset At, IReadOnlyList<AccountState> States)
{
    public static KnownAccounts Of(InMemoryStorage storage, DateTimeOffset now)
    {
        var keys = new KeyHasher(42);
        var rows = storage
            .TableOf("Accounts")
            .All()
            .Where(r => AccountKeys.IsState(r.RowKey) && r.GetBinary(AccountRow.Summary).Length > 1);
        return new(now, [.. rows.Select(r => AccountRow.ReadSummary(r, AccountId.Parse(r.GetString(AccountRow.Account)), keys))]);
    }

    /// <summary>
    /// How many accounts the boards of a day must rank: those with influence then. Any that an undo may have emptied since are left out.
    /// </summary>
    public int CountOn(DateOnly day, IReadOnlySet<AccountId> undone)
    {
        var (today, number) = (DateOnly.FromDateTime(At.UtcDateTime), day.DayNumber - new DateOnly(1970, 1, 1).DayNumber);
        return States.Count(s =>
            !undone.Contains(s.Account) && (day < today ? s.InputsAtEndOf(number) : s.InputsAt(At.ToUnixTimeSeconds())).Influence > 0
        );
    }
}
