namespace Influence.Scoring;

/// <summary>The one way a state takes facts in.</summary>
public static class AccountUpdate
{
    /// <summary>
    /// Applies a batch of facts to an account's state. Pure; the order of the batch does not matter, nor how facts are cut into batches, nor how
    /// often each comes (promise 1, 1e-9 of a point). Undos are taken first, then everything else in the order of its own moments.
    /// </summary>
    /// <param name="state">The state before.</param>
    /// <param name="facts">Facts about this account; those about another, and those that break a rule, are refused one by one.</param>
    /// <param name="votes">The votes of the last settlement.</param>
    /// <param name="now">The moment the facts reached the door, Unix seconds: decides what is too old or in the future, nothing else.</param>
    /// <returns>The new state and what became of each fact.</returns>
    /// <exception cref="PageNotLoadedException">A page that <see cref="PageNeeds.Of"/> names is not loaded; nothing was changed.</exception>
    public static AppliedFacts Apply(AccountState state, IReadOnlyList<Fact> facts, IVotes votes, long now)
    {
        var batch = FactBatch.Admit(state, facts, now);
        var draft = new AccountDraft(state);
        UndoStep.Take(draft, batch, votes, now);
        InteractionStep.Take(draft, batch, votes);
        MetricStep.Take(draft, batch);
        return new AppliedFacts(batch.HasNews ? draft.ToState() : state, [.. batch.Outcomes]);
    }
}
