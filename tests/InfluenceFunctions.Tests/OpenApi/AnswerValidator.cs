using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace InfluenceFunctions.Tests.OpenApi;

/// <summary>Holds answers against what the document says of their call.</summary>
/// <remarks>Stricter than the document, which lets new fields come: an answer may have no field that it does not name.</remarks>
internal sealed class AnswerValidator
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly JsonObject document;
    private readonly JsonNode definitions;

    public AnswerValidator(JsonObject document)
    {
        this.document = document;
        definitions = JsonNode.Parse(Local(document["components"]!["schemas"]!))!;
        foreach (var (name, schema) in definitions.AsObject())
            if (schema!["properties"] is not null && name != "CloudEvent")
                schema["additionalProperties"] = false;
    }

    /// <summary>The calls, by their names.</summary>
    public static IEnumerable<(string Id, string Method, string Path, JsonObject Call)> CallsOf(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from call in path.Value!.AsObject()
        select (call.Value!["operationId"]!.GetValue<string>(), call.Key, path.Key, call.Value!.AsObject());

    /// <summary>What an answer has that the document does not say; empty where all is as it says.</summary>
    public IReadOnlyList<string> Check(string id, int status, string? contentType, byte[] body)
    {
        var call = CallsOf(document).Single(c => c.Id == id).Call;
        if (call["responses"]![status.ToString(CultureInfo.InvariantCulture)] is not { } answer)
            return [$"no answer {status}"];
        if (answer["content"] is not JsonObject content)
            return body.Length == 0 ? [] : [$"{status} has a body"];
        if (contentType is null || content[contentType] is not { } form)
            return [$"{status} is {contentType ?? "of no type"}"];
        return contentType.EndsWith("json", StringComparison.Ordinal)
            ? Check(form["schema"]!, JsonNode.Parse(body))
            : Check(form["schema"]!, System.Text.Encoding.UTF8.GetString(body));
    }

    /// <summary>What a value has that a schema of the document does not allow.</summary>
    public IReadOnlyList<string> Check(JsonNode schema, JsonNode? value)
    {
        var whole = new JsonObject { ["$defs"] = definitions.DeepClone(), ["allOf"] = new JsonArray(JsonNode.Parse(Local(schema))) };
        var result = JsonSchema.FromText(whole.ToJsonString()).Evaluate(JsonSerializer.SerializeToElement(value), Options);
        return result.IsValid
            ? []
            :
            [
                .. (result.Details ?? [])
                    .Where(d => d.Errors is not null)
                    .SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Key} {e.Value}")),
                "not valid",
            ];
    }

    private static string Local(JsonNode schema) =>
        schema.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
}
