using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;

namespace InfluenceFunctions.OpenApi;

/// <summary>The schemas of the API's records, made from the metadata that they are written with.</summary>
internal sealed class RecordSchemas
{
    private readonly JsonSerializerOptions options = new(ApiJson.Default.Options)
    {
        // What is written: numbers are numbers, and a field that may not be null is always there.
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        TypeInfoResolver = ApiJson.Default,
    };

    // How large numbers may be, for clients that choose a type by it.
    private static readonly Dictionary<Type, string> Formats = new()
    {
        [typeof(int)] = "int32",
        [typeof(long)] = "int64",
        [typeof(double)] = "double",
    };

    private readonly XmlDocs docs = new();
    private readonly SortedDictionary<string, JsonNode> schemas = new(StringComparer.Ordinal);

    /// <summary>The schemas made so far, by name.</summary>
    public IReadOnlyDictionary<string, JsonNode> All => schemas;

    /// <summary>A reference to a record's schema, which is made on the first call, with those of the records in it.</summary>
    public JsonObject ReferenceTo(Type record)
    {
        if (!schemas.ContainsKey(record.Name))
        {
            // Taken before it is made: a record may hold itself.
            schemas[record.Name] = new JsonObject();
            schemas[record.Name] = options.GetJsonSchemaAsNode(
                record,
                new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform }
            );
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{record.Name}" };
    }

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var isRecord = type.Assembly == typeof(ScoreCard).Assembly;
        if (schema is not JsonObject node)
            return schema;
        if (isRecord)
            node = context.Path.IsEmpty ? Whole(context, node, type) : ReferenceTo(type);
        else
        {
            WithoutNull(node);
            if (Formats.TryGetValue(type, out var format))
                node["format"] = format;
        }

        if (context.PropertyInfo is { } property)
            Describe(node, property.DeclaringType, property.Name);
        return node;
    }

    private JsonObject Whole(JsonSchemaExporterContext context, JsonObject node, Type type)
    {
        WithoutNull(node);
        if (type.IsEnum)
        {
            node["type"] = "string";
            var values = type.GetEnumNames().Select(n => $"`{JsonNamingPolicy.CamelCase.ConvertName(n)}`: {docs.OfValue(type, n)}");
            node["description"] = $"{docs.Of(type)} {string.Join(' ', values)}";
            return node;
        }

        node["description"] = docs.Of(type);
        node.Remove("required");
        string[] needed = type.Name.EndsWith("Request", StringComparison.Ordinal)
            ? Refinements.NeededBy.GetValueOrDefault(type.Name, [])
            :
            [
                .. context
                    .TypeInfo.Properties.Where(p => !p.IsGetNullable && Nullable.GetUnderlyingType(p.PropertyType) is null)
                    .Select(p => p.Name)
                    .Where(n => node["properties"]!.AsObject().ContainsKey(n)),
            ];
        if (needed.Length > 0)
            node["required"] = new JsonArray([.. needed.Select(n => (JsonNode)n)]);
        return node;
    }

    private void Describe(JsonObject node, Type record, string field)
    {
        if (Refinements.Find(record.Name, field) is { } refined)
        {
            var keywords = JsonNode.Parse(refined)!.AsObject();
            if (keywords.ContainsKey("$ref"))
                node.Clear();
            foreach (var (name, value) in keywords)
                node[name] = value?.DeepClone();
        }

        node["description"] = docs.Of(record, field) ?? throw new InvalidOperationException($"{record.Name}.{field} has no doc comment.");
    }

    // A field without a value is left out, never null.
    private static void WithoutNull(JsonObject node)
    {
        if (node.TryGetPropertyValue("default", out var absent) && absent is null)
            node.Remove("default");
        if (node["type"] is JsonArray types)
            node["type"] = types.Select(t => t!.GetValue<string>()).Single(t => t != "null");
        if (node["enum"] is JsonArray values)
            node["enum"] = new JsonArray([.. values.Where(v => v is not null).Select(v => v!.DeepClone())]);
    }
}
