using System.Globalization;

namespace InfluenceFunctions.OpenApi;

/// <summary>The schemas of bodies that no record stands for, by hand; names in braces are limits of the code.</summary>
internal static class BodySchemas
{
    /// <summary>By the name that references use, as JSON.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AccountExport"] = ExportSchema.Text,
            ["CloudEvent"] = CloudEvent,
            ["Interaction"] = Filled(Interaction),
            ["InteractionBatch"] = Batch("interactions", "Interaction"),
            ["InteractionList"] = List("Interaction"),
            ["Metric"] = Filled(Metric),
            ["MetricBatch"] = Batch("metrics", "Metric"),
            ["MetricList"] = List("Metric"),
        };

    private const string Interaction = """
        {
          "type": "object",
          "description": "Somebody engaged with somebody. An undo takes one back.",
          "required": ["actor", "at"],
          "properties": {
            "type": {
              "type": "string", "enum": [{types}],
              "description": "What the actor did. Needed, but in an undo that names an id."
            },
            "actor": { "allOf": [{account}], "description": "Who did it." },
            "target": { "allOf": [{account}], "description": "Who received it. Needed, but for a `post`, which has none." },
            "at": {
              "allOf": [{moment}],
              "description": "When: at most 90 days ago and 5 minutes ahead. Of an undo, when it was taken back."
            },
            "id": {
              "type": "string", "minLength": 1, "maxLength": {maxId},
              "description": "Names it within its source and day. Without it, type, actor, target, object and second are the same fact."
            },
            "object": { "type": "string", "minLength": 1, "maxLength": {maxObject}, "description": "What it was about." },
            "topics": {
              "type": "array", "maxItems": {maxTopics}, "items": { "type": "string", "minLength": 1, "maxLength": {maxTopic} },
              "description": "What the content is about."
            },
            "community": { "type": "string", "minLength": 1, "maxLength": {maxCommunity}, "description": "Where it happened." },
            "actorName": { "type": "string", "maxLength": {maxName}, "description": "How the actor is shown; never scored." },
            "targetName": { "type": "string", "maxLength": {maxName}, "description": "How the target is shown; never scored." },
            "undo": {
              "type": ["boolean", "string"], "maxLength": {maxId},
              "description": "`true`: the interaction that this item describes is taken back. A text: the one of this id."
            }
          }
        }
        """;

    private const string Metric = """
        {
          "type": "object",
          "description": "A count without people: of `followers` the number now, of the others how many more there were.",
          "required": ["account", "metric", "at"],
          "properties": {
            "account": { "allOf": [{account}], "description": "Whose count." },
            "metric": { "type": "string", "enum": [{metrics}], "description": "`followers`, or a counter." },
            "value": { "type": "number", "minimum": 0, "maximum": {maxGauge}, "description": "Of `followers`: the number now." },
            "add": { "type": "number", "minimum": 0, "maximum": {maxIncrement}, "description": "Of a counter: how many more." },
            "at": { "allOf": [{moment}], "description": "When: at most 90 days ago and 5 minutes ahead." },
            "id": {
              "type": "string", "minLength": 1, "maxLength": {maxId},
              "description": "Names it. A counter's report needs one, so that it counts once."
            }
          },
          "if": { "properties": { "metric": { "const": "followers" } } },
          "then": { "required": ["value"] },
          "else": { "required": ["add", "id"] }
        }
        """;

    private const string CloudEvent = """
        {
          "type": "object",
          "description": "An event of CloudEvents 1.0. Its data is the item; `source` and `id` name it, `time` is its moment.",
          "required": ["specversion", "id", "source", "type"],
          "properties": {
            "specversion": { "type": "string", "const": "1.0", "description": "The version." },
            "id": { "type": "string", "minLength": 1, "description": "Names the event within its source." },
            "source": { "type": "string", "minLength": 1, "description": "Where it comes from." },
            "type": { "type": "string", "minLength": 1, "description": "What happened; not used." },
            "time": { "type": "string", "format": "date-time", "description": "When it happened." },
            "data": { "type": "object", "description": "An interaction, or a metric." },
            "data_base64": { "type": "string", "description": "The same in base64, instead of `data`." }
          }
        }
        """;

    private const string Moment = """
        { "anyOf": [{ "type": "string", "description": "ISO 8601" }, { "type": "integer", "minimum": 0, "maximum": 4294967295 }] }
        """;

    private static string Batch(string name, string item) =>
        $$"""
            {
              "type": "object", "description": "A batch.", "required": ["{{name}}"],
              "properties": {
                "{{name}}": { "$ref": "#/components/schemas/{{item}}List", "description": "The items." },
                "source": { "type": "string", "description": "Narrows the source that the key stands for." }
              }
            }
            """;

    private static string List(string item) =>
        $$"""
            {
              "type": "array", "description": "At most {{FactIngestor.MaxItems}} items.", "maxItems": {{FactIngestor.MaxItems}},
              "items": { "$ref": "#/components/schemas/{{item}}" }
            }
            """;

    private static string Filled(string schema)
    {
        (string Name, string Value)[] limits =
        [
            ("types", Quoted(InteractionTypes.All)),
            ("metrics", Quoted(MetricReport.All)),
            ("account", Parameters.AccountSchema),
            ("moment", Moment),
            ("maxId", Text(FactRules.MaxId)),
            ("maxObject", Text(FactRules.MaxObject)),
            ("maxTopics", Text(FactRules.MaxTopics)),
            ("maxTopic", Text(FactRules.MaxTopic)),
            ("maxCommunity", Text(FactRules.MaxCommunity)),
            ("maxName", Text(FactRules.MaxName)),
            ("maxGauge", Text(FactRules.MaxGauge)),
            ("maxIncrement", Text(FactRules.MaxIncrement)),
        ];
        return limits.Aggregate(schema, (text, limit) => text.Replace($"{{{limit.Name}}}", limit.Value, StringComparison.Ordinal));
    }

    private static string Quoted(string names) => string.Join(", ", names.Split(", ").Select(n => $"\"{n}\""));

    private static string Text(double limit) => limit.ToString("0", CultureInfo.InvariantCulture);
}
