using System.Runtime.InteropServices;

namespace Influence.Scoring.Update;

/// <summary>The one way a state takes facts in.</summary>
public static class AccountUpdate
{
    /// <summary>Applies a batch of facts to an account's state. Pure.</summary>
    /// <remarks>
    /// The order of the batch does not matter, nor how facts are cut into batches, nor how often each comes (promise 1, 1e-9 of a point).
    /// Undos are taken first, then everything else day by day, so that the history shows when it happened.
    /// </remarks>
    /// <param name="state">The state before.</param>
    /// <param name="facts">Facts about this account; those about another, and those that break a rule, are refused one by one.</param>
    /// <param name="votes">The votes of the last settlement.</param>
    /// <param name="now">
    /// When the facts were accepted, Unix seconds: decides what is too old or in the future, nothing else. May be long past: what was in
    /// time then counts once, unless a settlement has forgotten its day; then it is refused.
    /// </param>
    /// <param name="isImport">Whether they are lines of an import: then interactions may be older (docs/scoring.md, "Import").</param>
    /// <param name="undoDays">From how many days of the ledger its undos withdraw at most; applied again, they go on.</param>
    /// <returns>The new state and what became of each fact.</returns>
    /// <exception cref="PageNotLoadedException">
    /// A page that <see cref="PageNeeds.Of"/> names is not loaded; nothing was changed.
    /// </exception>
    public static AppliedFacts Apply(
        AccountState state,
        IReadOnlyList<Fact> facts,
        IVotes votes,
        long now,
        bool isImport = false,
        int undoDays = int.MaxValue
    )
    {
        var batch = FactBatch.Admit(state, facts, now, isImport);
        var draft = new AccountDraft(state);
        UndoStep.Take(draft, batch, votes, now, undoDays);
        if (isImport)
            ImportStep.Take(draft, batch, votes, now);
        TakeDays(draft, batch, votes);
        var isRenamed = NameStep.Take(draft, batch);
        return new AppliedFacts(
            batch.HasNews ? draft.ToState()
                : isRenamed ? draft.ToRenamed()
                : state,
            ImmutableCollectionsMarshal.AsImmutableArray(batch.Outcomes)
        );
    }

    private static void TakeDays(AccountDraft draft, FactBatch batch, IVotes votes)
    {
        var interactions = InteractionStep.Sort(batch, draft.Keys);
        var metrics = MetricStep.Sort(batch);
        while (!interactions.IsEmpty || !metrics.IsEmpty)
        {
            var day = Math.Min(FirstDay(interactions), FirstDay(metrics));
            InteractionStep.Take(draft, batch, day, CutDay(ref interactions, day), votes);
            MetricStep.Take(draft, batch, day, CutDay(ref metrics, day));
            draft.RecordDay();
        }
    }

    private static int FirstDay<T>(Span<KeyedFact<T>> facts)
        where T : Fact => facts.IsEmpty ? int.MaxValue : facts[0].Day;

    private static Span<KeyedFact<T>> CutDay<T>(ref Span<KeyedFact<T>> facts, int day)
        where T : Fact
    {
        var length = 0;
        while (length < facts.Length && facts[length].Day == day)
            length++;
        var ofDay = facts[..length];
        facts = facts[length..];
        return ofDay;
    }
}
