using System.Runtime.InteropServices;

namespace Influence.Scoring.Settle;

/// <summary>One account's part of a settlement that is done in shards.</summary>
/// <remarks>
/// What its ties spend of others' attention, what it scores under given votes, and the vote that follows from both. <see
/// cref="Settlement"/> is the same in memory, all at once.
/// </remarks>
public static class AccountSettlement
{
    /// <summary>Adds strength·recency of every tie to its actor's attention O(a).</summary>
    /// <param name="state">The account, its ties loaded.</param>
    /// <param name="at">The moment to settle at, Unix seconds.</param>
    /// <param name="attention">Sums by actor's key.</param>
    /// <exception cref="PageNotLoadedException">A page of ties is not loaded.</exception>
    public static void Spend(AccountState state, long at, Dictionary<ulong, Attention> attention) => Spend(state, at, _ => attention);

    /// <summary>The same where the sums are spread over several dictionaries.</summary>
    /// <param name="state">The account, its ties loaded.</param>
    /// <param name="at">The moment to settle at, Unix seconds.</param>
    /// <param name="attentionOf">Where the sum of an actor's key belongs.</param>
    /// <inheritdoc cref="Spend(AccountState, long, Dictionary{ulong, Attention})" path="/exception"/>
    public static void Spend(AccountState state, long at, Func<ulong, Dictionary<ulong, Attention>> attentionOf)
    {
        foreach (var tie in state.Ties.Records())
        {
            if (tie.IsSilentAt(at, state.Policy) || IsInner(state, tie))
                continue;
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(attentionOf(tie.Actor), tie.Actor, out _);
            sum = sum.Plus(Attention.On(tie.WeightAt(at, state.Policy)));
        }
    }

    /// <summary>Adds the keys of all whose votes are asked for when the account is scored or recomputed.</summary>
    /// <remarks>Of its ties those that are loaded, and the people it keeps by name. A key may come twice.</remarks>
    public static void AddActors(AccountState state, List<ulong> actors)
    {
        foreach (var tie in state.Ties.LoadedRecords())
            actors.Add(tie.Actor);
        foreach (var person in state.KeptPeople)
            actors.Add(state.Keys.KeyOf(person.Account));
        foreach (var fellow in state.Link?.Inner ?? [])
            actors.Add(state.Keys.KeyOf(fellow.Account));
    }

    /// <summary>
    /// S of an account under some votes, 1–100. The order of its ties is that of their keys, so the same votes give the same bits.
    /// </summary>
    /// <inheritdoc cref="Spend(AccountState, long, Dictionary{ulong, Attention})" path="/exception"/>
    public static double ScoreUnder(AccountState state, IVotes votes, long at)
    {
        var people = 0.0;
        foreach (var tie in state.Ties.Records())
            if (!tie.IsSilentAt(at, state.Policy) && !IsInner(state, tie))
                people += votes.Of(tie.Actor) * tie.WeightAt(at, state.Policy);
        return state.Policy.ScoreOf(people + state.InputsAt(at).Audience);
    }

    // What accounts of one profile give each other counts for nothing, and costs no attention.
    private static bool IsInner(AccountState state, Tie tie) => state.Link?.IsFellow(tie.Actor) == true;

    /// <summary>vote(a) = quality·selectivity, 0–4 (docs/scoring.md, "From facts to a number").</summary>
    /// <param name="score">S(a), 1–100; 1 for an account that received nothing.</param>
    /// <param name="attention">O(a) as summed by <see cref="Spend(AccountState, long, Dictionary{ulong, Attention})"/>.</param>
    /// <param name="policy">The policy settled under.</param>
    public static float VoteOf(double score, Attention attention, ScoringPolicy policy) =>
        (float)(policy.Quality(score) * policy.Selectivity(attention.Spent));

    /// <summary>How many of the top people, as they are under some votes, an account engaged itself lately, 0–20.</summary>
    /// <param name="state">The account; no page need be loaded.</param>
    /// <param name="own">What actors did.</param>
    /// <param name="votes">The votes.</param>
    /// <param name="at">The moment to settle at, Unix seconds.</param>
    public static int EngagesBack(AccountState state, OwnActivities own, IVotes votes, long at) =>
        own.EngagedOf(state.Key, TopPeopleUnder(state, votes, at).Select(p => state.Keys.KeyOf(p.Account)));

    // While all who are kept are shown, their order does not matter.
    private static IEnumerable<Person> TopPeopleUnder(AccountState state, IVotes votes, long at) =>
        state.KeptPeople.Length <= TopPeople.Shown
            ? state.KeptPeople.Where(p => p.Last >= at - state.Policy.TieSilence && !IsFellow(state, p))
            : AccountRecompute.PeopleUnder(state, votes, at).Where(p => !IsFellow(state, p)).Take(TopPeople.Shown);

    private static bool IsFellow(AccountState state, Person person) => state.Link?.IsFellow(state.Keys.KeyOf(person.Account)) == true;

    /// <summary>Whether a settlement has something to forget of the account.</summary>
    /// <remarks>Silent ties, or days of the ledger and loaded undos past <see cref="ScoringPolicy.FactMemory"/>.</remarks>
    /// <inheritdoc cref="Spend(AccountState, long, Dictionary{ulong, Attention})" path="/exception"/>
    public static bool HasExpired(AccountState state, long now)
    {
        foreach (var tie in state.Ties.Records())
            if (tie.IsForgottenAt(now, state.Policy))
                return true;
        var edge = now - state.Policy.FactMemory;
        // Days are in order: the first is the oldest.
        return state.Ledger.Days.Keys.Take(1).Any(day => (day + 1L) * ScoringPolicy.Day <= edge)
            || state.Undone.LoadedRecords().Any(undo => undo.At < edge);
    }
}
