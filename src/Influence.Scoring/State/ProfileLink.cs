using System.Collections.Immutable;

namespace Influence.Scoring.State;

/// <summary>What an account of a profile knows of the other accounts of it (docs/scoring.md, "Profiles").</summary>
/// <remarks>
/// Ties among a profile's own accounts count for nothing while they are linked. They stay where they are; what they would add is kept here
/// beside the sums, for now and for the past days, and taken off whatever is read. Without it the account is to the byte what it was.
/// </remarks>
public sealed class ProfileLink
{
    private readonly ulong[] fellows;

    internal ProfileLink(ImmutableArray<AccountId> accounts, long since, AccountId own, KeyHasher keys)
    {
        (Accounts, Since) = (accounts, since);
        fellows = [.. accounts.Where(a => a != own).Select(keys.KeyOf).Order()];
    }

    private ProfileLink(ProfileLink other, ImmutableArray<Person> inner, History past) =>
        (Accounts, Since, fellows, Inner, Past) = (other.Accounts, other.Since, other.fellows, inner, past);

    /// <summary>Most accounts of a profile.</summary>
    public const int MaxAccounts = 20;

    /// <summary>All accounts of the profile, 1–20. The first names it.</summary>
    public ImmutableArray<AccountId> Accounts { get; }

    /// <summary>When they were linked, Unix seconds.</summary>
    public long Since { get; }

    /// <summary>The profile's id.</summary>
    public AccountId Profile => Accounts[0];

    /// <summary>The ties that the account has from the others, by account.</summary>
    public ImmutableArray<Person> Inner { get; } = [];

    internal History Past { get; } = History.Empty;

    /// <summary>Whether an actor is another account of the profile.</summary>
    public bool IsFellow(ulong actor) => Array.BinarySearch(fellows, actor) >= 0;

    /// <summary>What the others' ties add at a moment (Unix seconds).</summary>
    public ScoreInputs InnerAt(long moment, ScoringPolicy policy)
    {
        var sum = default(ScoreInputs);
        foreach (var tie in Inner)
        {
            var recency = policy.Fade(moment - tie.Last);
            var engagement = recency * policy.Strength(tie.Points);
            sum += new ScoreInputs(recency, engagement, engagement * tie.Vote, 0);
        }

        return sum;
    }

    internal ProfileLink With(ImmutableArray<Person> inner, History past) => new(this, inner, past);

    /// <summary>With a fellow's tie as it is now; null for none that counts.</summary>
    internal ProfileLink With(AccountId fellow, Tie? tie) =>
        new(
            this,
            [
                .. Inner
                    .Where(p => p.Account != fellow)
                    .Concat(tie is { IsDormant: false } t ? [new Person(fellow, t.Points, t.Last, t.Vote)] : [])
                    .OrderBy(p => p.Account),
            ],
            Past
        );

    /// <summary>With fresh votes.</summary>
    internal ProfileLink With(IVotes votes, KeyHasher keys, Func<Person, bool> isKept) =>
        new(this, [.. Inner.Where(isKept).Select(p => p with { Vote = votes.Of(keys.KeyOf(p.Account)) })], Past);

    /// <summary>With what they add at the end of a day.</summary>
    internal ProfileLink Record(int day, ScoringPolicy policy) =>
        new(this, Inner, Past.With(DayTotals.Of(day, InnerAt((day + 1L) * ScoringPolicy.Day, policy))));
}
