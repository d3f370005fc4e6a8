namespace Influence.Connectors.Sources;

/// <summary>What surrounds an update.</summary>
/// <param name="Id">The page or account it is about; null where it stands in the update.</param>
/// <param name="Time">The moment of sending, Unix seconds UTC, which is another on every retry.</param>
internal readonly record struct MetaEntry(string? Id, long? Time);

/// <summary>What the updates of all of Meta's networks have in common.</summary>
internal static class MetaUpdate
{
    /// <summary>Takes an interaction in or back. One without a moment of its own is dated when it was first sent.</summary>
    /// <param name="draft">The interaction.</param>
    /// <param name="key">Names it, with who did it: to remember it where it has no moment.</param>
    /// <param name="entry">Has the moment of sending.</param>
    /// <param name="isEnd">Whether it is taken back.</param>
    /// <param name="into">Takes it.</param>
    public static void Tell(InteractionDraft draft, string key, MetaEntry entry, bool isEnd, Translation into)
    {
        if (isEnd)
            into.Undo(draft);
        else if (draft.At is null)
            into.Remember(key, draft with { At = entry.Time });
        else
            into.Add(draft);
    }

    /// <summary>The account of that number or name.</summary>
    public static AccountId? Account(string network, string? id) =>
        id is not null && AccountId.TryParse($"{network}:{id}", out var account) ? account : null;
}
