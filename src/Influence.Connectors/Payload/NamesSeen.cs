namespace Influence.Connectors.Payload;

/// <summary>How the accounts of one delivery are shown, as far as it says.</summary>
internal sealed class NamesSeen
{
    private Dictionary<AccountId, string>? names;

    /// <summary>Notes the first of the texts that can be shown; the latest of a delivery stands.</summary>
    public void Add(AccountId? account, ReadOnlySpan<string?> texts)
    {
        if (account is not { } known)
            return;
        foreach (var text in texts)
        {
            if (DisplayName.Of(text) is not { } name)
                continue;
            (names ??= [])[known] = name;
            return;
        }
    }

    /// <summary>The item with the names that its facts do not say themselves.</summary>
    /// <remarks>In the end, so that it does not matter where in a delivery a name stands.</remarks>
    public TranslatedItem Name(TranslatedItem item) =>
        names is null
            ? item
            : item switch
            {
                TakeFact take => take with { Fact = Name(take.Fact) },
                RememberFacts remember => remember with { Facts = [.. remember.Facts.Select(Name)] },
                _ => item,
            };

    private Fact Name(Fact fact) =>
        fact is Interaction i ? i with { ActorName = i.ActorName ?? Of(i.Actor), TargetName = i.TargetName ?? Of(i.Target) } : fact;

    private string? Of(AccountId? account) => account is { } known ? names!.GetValueOrDefault(known) : null;
}
