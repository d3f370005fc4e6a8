namespace Influence.Pipeline.Ingest;

/// <summary>Warns of fields that nobody reads, each name once: a misspelt one would be lost unseen.</summary>
internal static class UnknownFields
{
    // A body of other things than facts has its own fields in every item.
    private const int MaxWarnings = 20;
    private const int MaxName = 64;

    public static IReadOnlyList<IngestWarning> Of(IReadOnlyList<string> ofBody, IReadOnlyList<IncomingFact> items)
    {
        var named = ofBody
            .Select(f => (Index: (int?)null, Name: f))
            .Concat(items.SelectMany(i => i.UnknownFields.Select(f => (Index: (int?)i.Index, Name: f))));
        return
        [
            .. named
                .DistinctBy(f => f.Name, StringComparer.Ordinal)
                .Take(MaxWarnings)
                .Select(f => new IngestWarning(f.Index, "unknown_field", Cut(f.Name), MessageOf(f.Name, f.Index is null))),
        ];
    }

    private static string MessageOf(string name, bool isOfBody)
    {
        if (isOfBody)
            return $"'{Cut(name)}' is not a field of a batch and was left out. A batch has its array and 'source'.";
        if (FieldNames.All.Contains(name))
            return $"'{Cut(name)}' is a field of the other kind of item and was left out.";
        return FieldNames.Meant(name) is { } meant
            ? $"'{Cut(name)}' is not a field and was left out. Did you mean '{meant}'?"
            : $"'{Cut(name)}' is not a field and was left out.";
    }

    private static string Cut(string name) => name.Length <= MaxName ? name : name[..MaxName] + "…";
}
