using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace InfluenceFunctions.OpenApi;

/// <summary>Problems in the description: which codes a call may answer with, and when.</summary>
internal static class Problems
{
    /// <summary>The content of an answer that is a problem of some codes, with an example of each.</summary>
    public static JsonObject ContentOf(Answer answer, JsonObject problem)
    {
        var code = new JsonObject { ["enum"] = new JsonArray([.. answer.Codes.Select(c => (JsonNode)c)]) };
        return new JsonObject
        {
            ["schema"] = new JsonObject
            {
                ["allOf"] = new JsonArray(
                    problem,
                    new JsonObject
                    {
                        ["type"] = "object",
                        ["properties"] = new JsonObject { ["code"] = code },
                    }
                ),
            },
            ["examples"] = new JsonObject(
                answer.Codes.Select(c => KeyValuePair.Create(c, (JsonNode?)new JsonObject { ["value"] = ExampleOf(answer.Status, c) }))
            ),
        };
    }

    /// <summary>The schema of a code, which says when each comes.</summary>
    public static JsonObject CodesOf(string what, IReadOnlyDictionary<string, string> codes) =>
        new()
        {
            ["type"] = "string",
            ["description"] = $"{what}\n\n{ListOf(codes)}",
            ["enum"] = new JsonArray([.. codes.Keys.Select(c => (JsonNode)c)]),
        };

    /// <summary>Codes and when they come, as a list in Markdown.</summary>
    public static string ListOf(IEnumerable<KeyValuePair<string, string>> codes) =>
        string.Join('\n', codes.Select(c => $"- `{c.Key}`: {c.Value}"));

    private static JsonNode ExampleOf(int status, string code) =>
        Examples.Find($"problem.{code}") is { } real && real["status"]!.GetValue<int>() == status
            ? real
            : new JsonObject
            {
                ["status"] = status,
                ["title"] = ReasonPhrases.GetReasonPhrase(status),
                ["code"] = code,
                ["detail"] = Codes.OfProblems[code],
            };
}
