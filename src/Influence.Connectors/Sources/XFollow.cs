namespace Influence.Connectors.Sources;

/// <summary>One account on X follows another, or no longer does.</summary>
internal static class XFollow
{
    /// <summary>Takes it in, or back. Remembered where the event does not say when, so that the moment it first came stands.</summary>
    public static void Tell(string? source, string? target, long? at, bool isEnd, Translation into)
    {
        var draft = new InteractionDraft
        {
            Type = InteractionType.Follow,
            Actor = XPost.Account(source),
            Target = XPost.Account(target),
            At = at,
            Id = FactIds.Of("follow", target),
        };
        if (isEnd)
            into.Undo(draft);
        else if (at is null)
            into.Remember($"follow|{source}|{target}", draft);
        else
            into.Add(draft);
    }
}
