namespace Influence.Scoring.Update;

/// <summary>Keeps the latest names of the account and of the people known by name (docs/scoring.md, "Names").</summary>
/// <remarks>
/// Of every fact that the rules admit, also one that was known or taken back: so neither the order nor the repetition of facts decides
/// which name is kept. After all ties of the batch, since only then is it known who is kept by name.
/// </remarks>
internal static class NameStep
{
    /// <returns>Whether a name is another than before.</returns>
    public static bool Take(AccountDraft draft, FactBatch batch)
    {
        if (batch.Named is not { } named)
            return false;
        var isRenamed = false;
        foreach (var (actor, fact) in named)
        {
            if (fact.ActorName is { } person)
                isRenamed |= draft.People.Call(fact.Actor, actor, person, fact.At);
            if (fact.TargetName is { } name && DisplayName.Replaces(name, fact.At, draft.Name.Text, draft.Name.At))
            {
                draft.Name = (name, fact.At);
                isRenamed = true;
            }
        }

        return isRenamed;
    }
}
