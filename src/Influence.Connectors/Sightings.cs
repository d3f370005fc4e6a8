namespace Influence.Connectors;

/// <summary>Which of the two ends says that an account moved.</summary>
public enum MoveEnd
{
    /// <summary>The account that is left: it names where it went.</summary>
    From,

    /// <summary>The account that is gone to: it names the other as known before.</summary>
    To,
}

/// <summary>Half of a move; the other end must say the same.</summary>
/// <param name="From">The account that is left.</param>
/// <param name="To">The account that is gone to.</param>
/// <param name="By">Whose word it is.</param>
public readonly record struct MoveClaim(AccountId From, AccountId To, MoveEnd By);

/// <summary>What a delivery shows of who is who, beside its facts: for suggestions of renames, never for scores.</summary>
public sealed class Sightings
{
    // More than any one event names.
    private const int Max = 256;
    private readonly Dictionary<string, AccountId> accounts = new(StringComparer.Ordinal);
    private readonly HashSet<MoveClaim> moves = [];

    /// <summary>The account of each id that stays when a login changes, within the delivery's source.</summary>
    public IReadOnlyDictionary<string, AccountId> Accounts => accounts;

    /// <summary>What is said of accounts that moved.</summary>
    public IReadOnlySet<MoveClaim> Moves => moves;

    /// <summary>Notes which account an id has at the moment.</summary>
    /// <param name="stableId">What stays when the login changes; null where the event does not tell.</param>
    /// <param name="account">The account; null for nobody.</param>
    internal void See(string? stableId, AccountId? account)
    {
        if (stableId is not null && account is { } seen && accounts.Count < Max && !NeverCounted.Matches(seen))
            accounts[stableId] = seen;
    }

    /// <summary>Notes what one end says of a move.</summary>
    internal void Claim(AccountId? from, AccountId? to, MoveEnd by)
    {
        if (from is { } left && to is { } gone && left != gone && moves.Count < Max)
            moves.Add(new MoveClaim(left, gone, by));
    }
}
