namespace Influence.Pipeline.Messages;

/// <summary>Makes facts of items: the checks that need no policy and no clock.</summary>
internal static class FactItems
{
    public static (Fact?, FactRefusal?) ToInteraction(FactItem item)
    {
        var type = TypeOf(item.Type);
        // An undo that names an id needs no type: the id says what it was.
        if (type is null && item.Type is null && item is { Undo: true, Id: not null })
            type = InteractionType.View;
        if (type is null)
            return item.Type is null
                ? Missing("type")
                : (null, new FactRefusal(RefusalCode.UnknownType, "type", $"is none of {TypeNames}"));
        if (item.Actor is null)
            return Missing("actor");
        if (!AccountId.TryParse(item.Actor, out var actor))
            return Invalid("actor");
        if (item.Target is null && type != InteractionType.Post)
            return Missing("target");
        var target = default(AccountId);
        if (item.Target is not null && !AccountId.TryParse(item.Target, out target))
            return Invalid("target");
        var interaction = new Interaction
        {
            Type = type.Value,
            Actor = actor,
            Target = item.Target is null || type == InteractionType.Post ? null : target,
            At = item.At,
            Id = item.Id,
            Object = item.Object,
            Context = FactContext.Of(item.Topics, item.Community),
        };
        return (item.Undo ? new Undo(interaction) : interaction, null);
    }

    public static (Fact?, FactRefusal?) ToMetric(FactItem item)
    {
        if (!MetricReport.TryParse(item.Metric, out var counts))
            return (
                null,
                new FactRefusal(
                    RefusalCode.UnknownType,
                    "metric",
                    "is none of followers, views, clicks, likes, follows, replies, mentions, shares, quotes"
                )
            );
        if (item.Account is null)
            return Missing("account");
        if (!AccountId.TryParse(item.Account, out var account))
            return Invalid("account");
        if (counts is null && item.Add is not null)
            return (null, new FactRefusal(RefusalCode.InvalidField, "add", "is for counters; a gauge is reported as 'value'"));
        if (counts is not null && item.Value is not null)
            return (null, new FactRefusal(RefusalCode.InvalidField, "value", "is for gauges; a counter is reported as 'add'"));
        var value = counts is null ? item.Value : item.Add;
        if (value is null)
            return Missing(counts is null ? "value" : "add");
        return (
            new MetricReport
            {
                Account = account,
                Counts = counts,
                Value = value.Value,
                At = item.At,
                Id = item.Id,
            },
            null
        );
    }

    public static FactItem Of(Fact fact) =>
        fact switch
        {
            Interaction i => Of(i),
            Undo u => Of(u.Original) with { At = u.Original.Id is null ? u.Original.At : u.At, Undo = true },
            MetricReport { Counts: null } m => new()
            {
                Account = m.Account.Value,
                Metric = MetricReport.Followers,
                Value = m.Value,
                At = m.At,
                Id = m.Id,
            },
            MetricReport m => new()
            {
                Account = m.Account.Value,
                Metric = MetricReport.NameOf(m.Counts!.Value),
                Add = m.Value,
                At = m.At,
                Id = m.Id,
            },
            _ => throw new ArgumentOutOfRangeException(nameof(fact), fact.GetType(), "Not a kind of fact."),
        };

    private static FactItem Of(Interaction i) =>
        new()
        {
            Type = NameOf(i.Type),
            Actor = i.Actor.Value,
            Target = i.Target?.Value,
            At = i.At,
            Id = i.Id,
            Object = i.Object,
            Topics = i.Context.Topics.IsEmpty ? null : i.Context.Topics,
            Community = i.Context.Community,
        };

    private const string TypeNames = "view, click, like, follow, reply, mention, share, quote, post";

    private static readonly Dictionary<string, InteractionType> Types = Enum.GetValues<InteractionType>()
        .ToDictionary(NameOf, StringComparer.Ordinal);

    private static string NameOf(InteractionType type) => type.ToString().ToLowerInvariant();

    private static InteractionType? TypeOf(string? name) => name is not null && Types.TryGetValue(name, out var type) ? type : null;

    private static (Fact?, FactRefusal?) Missing(string field) => (null, FactRefusal.Missing(field));

    private static (Fact?, FactRefusal?) Invalid(string field) =>
        (null, new FactRefusal(RefusalCode.InvalidAccount, field, $"is not an account. {AccountId.Rule.TrimEnd('.')}"));
}
