using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace InfluenceFunctions.OpenApi;

/// <summary>Makes the API's description of the catalogue, the records and their doc comments.</summary>
/// <remarks>Everything is in a fixed order: the same code gives the same bytes.</remarks>
internal sealed class DocumentBuilder
{
    private const string About =
        "Measures social influence: takes interactions in, and gives scores, explanations and leaderboards out. "
        + "Moments are ISO 8601, UTC. Fields without a value are left out, and new ones may come: read over those that you do not know. "
        + "Errors are problem details (RFC 9457) with a stable `code`. Answers are compressed as the request accepts it. "
        + "An address that is none is a 404 `unknown_call`; a method that an address has not is a 405 `method_not_allowed`, whose header "
        + "`Allow` names those that it has.";

    private readonly RecordSchemas records = new();

    /// <summary>The document for a server's address.</summary>
    public JsonObject Build(string server)
    {
        var paths = Paths();
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "InfluenceFunctions",
                ["description"] = About,
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
                ["version"] = "1",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = server }),
            ["tags"] = new JsonArray([
                .. Catalogue.Tags.Select(t => (JsonNode)new JsonObject { ["name"] = t.Tag, ["description"] = t.Description }),
            ]),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = Schemas(), ["securitySchemes"] = Security.Schemes() },
        };
    }

    private JsonObject Paths()
    {
        var paths = new JsonObject();
        foreach (var call in Catalogue.All)
        {
            if (!paths.ContainsKey(call.Path))
                paths[call.Path] = new JsonObject();
            paths[call.Path]![call.Method] = CallOf(call);
            if (call.HasHead)
                paths[call.Path]!["head"] = HeadOf(call);
        }

        return paths;
    }

    private JsonObject CallOf(Operation call)
    {
        var node = new JsonObject
        {
            ["tags"] = new JsonArray(call.Tag),
            ["summary"] = call.Summary,
            ["operationId"] = call.Id,
        };
        if (call.Details is not null)
            node["description"] = call.Details;
        if (call.Parameters.Count > 0)
            node["parameters"] = new JsonArray([.. call.Parameters.Select(ParameterOf)]);
        if (call.Body is { } body)
            node["requestBody"] = BodyOf(body);
        node["responses"] = AnswersOf(call);
        if (Security.Of(call) is { } security)
            node["security"] = security;
        return node;
    }

    // HEAD: the same without bodies, in a group of its own so that the page is not twice as long.
    private JsonObject HeadOf(Operation call)
    {
        var node = CallOf(call);
        node["tags"] = new JsonArray(Catalogue.HeadTag);
        node["summary"] = $"As GET, without a body: {call.Path}";
        node["operationId"] = $"{call.Id}Head";
        foreach (var (_, answer) in node["responses"]!.AsObject())
            answer!.AsObject().Remove("content");
        return node;
    }

    private static JsonNode ParameterOf(Parameter parameter)
    {
        var node = new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.In,
            ["description"] = parameter.Description,
            ["required"] = parameter.IsRequired,
        };
        var schema = JsonNode.Parse(parameter.Schema)!;
        if (parameter.In == "query" && schema["type"]?.ToString() == "array")
            (node["style"], node["explode"]) = ("form", false);
        node["schema"] = schema;
        if (parameter.Example is not null)
            node["example"] = JsonNode.Parse(parameter.Example);
        return node;
    }

    private JsonObject BodyOf(Body body)
    {
        var content = new JsonObject();
        foreach (var form in body.Forms)
        {
            content[form.ContentType] = new JsonObject
            {
                ["schema"] = form.Record is null ? JsonNode.Parse(form.Schema) : records.ReferenceTo(form.Record),
            };
            if (form.Example is not null)
                content[form.ContentType]!["example"] = JsonNode.Parse(form.Example);
        }

        return new JsonObject
        {
            ["description"] = body.Description,
            ["required"] = body.IsRequired,
            ["content"] = content,
        };
    }

    private JsonObject AnswersOf(Operation call)
    {
        var answers = new JsonObject();
        foreach (var group in CommonAnswers.AllOf(call).GroupBy(a => a.Status))
        {
            var answer = new JsonObject { ["description"] = string.Join("\n\n", group.Select(DescriptionOf)) };
            string[] headers = [.. group.SelectMany(a => a.Headers).Distinct()];
            if (headers.Length > 0)
                answer["headers"] = new JsonObject(headers.Select(h => KeyValuePair.Create(h, (JsonNode?)HeaderOf(h))));
            if (group.Any(a => a.ContentType is not null))
                answer["content"] = new JsonObject(
                    group
                        .Where(a => a.ContentType is not null)
                        .Select(a => KeyValuePair.Create(a.ContentType!, (JsonNode?)ContentOf(call, a)))
                );
            answers[group.Key.ToString(CultureInfo.InvariantCulture)] = answer;
        }

        return answers;
    }

    private JsonObject ContentOf(Operation call, Answer answer)
    {
        if (answer.ContentType == Answer.ProblemType)
            return Problems.ContentOf(answer, records.ReferenceTo(typeof(Problem)));
        var content = new JsonObject
        {
            ["schema"] = answer.Record is { } record ? records.ReferenceTo(record) : JsonNode.Parse(answer.Schema!),
        };
        if (answer.ContentType == Answer.JsonType && Examples.Find($"{call.Id}.{answer.Status}") is { } example)
            content["example"] = example;
        return content;
    }

    private static string DescriptionOf(Answer answer)
    {
        if (answer.Codes.Count == 0)
            return answer.Description;
        var codes = Problems.ListOf(Codes.OfProblems.Where(c => answer.Codes.Contains(c.Key)));
        return $"{ReasonPhrases.GetReasonPhrase(answer.Status)}.\n\n{codes}";
    }

    private static JsonObject HeaderOf(string name) =>
        new()
        {
            ["description"] = CommonAnswers.Headers[name],
            ["schema"] = new JsonObject { ["type"] = name == "Retry-After" ? "integer" : "string" },
        };

    private JsonObject Schemas()
    {
        var schemas = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal)
        {
            ["ProblemCode"] = Problems.CodesOf("The stable reason of a problem.", Codes.OfProblems),
            ["RefusalCode"] = Problems.CodesOf("The stable reason why an item was refused.", Codes.OfRefusals),
            ["WarningCode"] = Problems.CodesOf("The stable reason of a warning.", Codes.OfWarnings),
        };
        foreach (var (name, schema) in records.All)
            schemas[name] = schema;
        foreach (var (name, schema) in BodySchemas.All)
            schemas[name] = JsonNode.Parse(schema);
        return new JsonObject(schemas);
    }
}
