using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary>One item of <c>POST /interactions</c>: the same fields, the same refusals.</summary>
internal static class StandardItem
{
    /// <summary>Takes the item, or refuses it for the first rule it breaks.</summary>
    /// <param name="item">The item.</param>
    /// <param name="moment">The moment of an item that gives none.</param>
    /// <param name="into">Takes it.</param>
    public static void Read(JsonElement item, long? moment, Translation into)
    {
        var undo = item.Get("undo");
        var id = undo.Text() ?? item.Text("id");
        if (item.ValueKind != JsonValueKind.Object)
            into.Refuse(null, Invalid("item", "is not a JSON object"));
        else if (WrongKind(item) is { } refusal)
            into.Refuse(id, refusal);
        else if (Interaction(item, id, undo.Text() is not null, moment, out refusal) is not { } interaction)
            into.Refuse(id, refusal!);
        else
            into.Add(undo.ValueKind is JsonValueKind.True or JsonValueKind.String ? new Undo(interaction) : interaction);
    }

    private static Interaction? Interaction(JsonElement item, string? id, bool isNamed, long? moment, out FactRefusal? refusal)
    {
        // An undo that names an id needs no type: the id says what it was.
        var type = TypeOf(item.Text("type")) ?? (isNamed && !item.Get("type").Exists() ? InteractionType.View : null);
        var (actor, target, at) = (item.Text("actor"), item.Text("target"), item.Get("at").Exists() ? item.Moment("at") : moment);
        AccountId target_ = default;
        refusal = type is null
            ? item.Get("type").Exists()
                ? new FactRefusal(RefusalCode.UnknownType, "type", "is not a type of interaction")
                : FactRefusal.Missing("type")
            : actor is null
                ? FactRefusal.Missing("actor")
                : !AccountId.TryParse(actor, out _)
                    ? Account("actor")
                    : target is null && type != InteractionType.Post
                        ? FactRefusal.Missing("target")
                        : target is not null && !AccountId.TryParse(target, out target_)
                            ? Account("target")
                            : at is null
                                ? item.Get("at").Exists()
                                    ? Invalid("at", "is not a moment")
                                    : FactRefusal.Missing("at")
                                : null;
        if (refusal is not null)
            return null;
        return new Interaction
        {
            Type = type!.Value,
            Actor = AccountId.Parse(actor),
            Target = type == InteractionType.Post ? null : target_,
            At = at!.Value,
            Id = id,
            Object = item.Text("object"),
            Context = FactContext.Of(
                item.Get("topics").Exists() ? item.Get("topics").EnumerateArray().Select(t => t.Text()!) : null,
                item.Text("community")
            ),
        };
    }

    // The first field with a value of the wrong kind, by its name.
    private static FactRefusal? WrongKind(JsonElement item)
    {
        foreach (var field in Texts)
            if (item.Get(field) is var value && value.Exists() && value.Text() is null)
                return Invalid(field, "is not a string with something in it");
        var topics = item.Get("topics");
        if (topics.Exists() && (topics.ValueKind != JsonValueKind.Array || topics.EnumerateArray().Any(t => t.Text() is null)))
            return Invalid("topics", "is not an array of strings");
        return item.Get("undo").ValueKind is JsonValueKind.Number or JsonValueKind.Object or JsonValueKind.Array
            ? Invalid("undo", "is neither true nor the id of what is taken back")
            : null;
    }

    private static readonly string[] Texts = ["id", "type", "actor", "target", "object", "community"];

    private static readonly Dictionary<string, InteractionType> Types = Enum.GetValues<InteractionType>()
        .ToDictionary(t => t.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private static InteractionType? TypeOf(string? name) => name is not null && Types.TryGetValue(name, out var type) ? type : null;

    private static FactRefusal Invalid(string field, string rule) => new(RefusalCode.InvalidField, field, rule);

    private static FactRefusal Account(string field) =>
        new(RefusalCode.InvalidAccount, field, $"is not an account. {AccountId.Rule.TrimEnd('.')}");
}
