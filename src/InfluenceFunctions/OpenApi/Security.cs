using System.Text.Json.Nodes;

namespace InfluenceFunctions.OpenApi;

/// <summary>The keys in the description: in a header, or in the parameter <c>code</c>.</summary>
internal static class Security
{
    private const string Header = "x-functions-key";

    private static readonly (string Name, string In, string Field, string Description)[] All =
    [
        ("functionKey", "header", Header, "A function key: for calls that bring facts in. The admin key does too."),
        ("functionKeyInQuery", "query", "code", "The same in the address, where a sender can set no header."),
        ("adminKey", "header", Header, "The admin key (Azure's master key): for operators' calls."),
        ("adminKeyInQuery", "query", "code", "The same in the address."),
    ];

    public static JsonObject Schemes() =>
        new(
            All.Select(s =>
                KeyValuePair.Create(
                    s.Name,
                    (JsonNode?)
                        new JsonObject
                        {
                            ["type"] = "apiKey",
                            ["description"] = s.Description,
                            ["name"] = s.Field,
                            ["in"] = s.In,
                        }
                )
            )
        );

    /// <summary>The keys of which a call needs one; null for none.</summary>
    public static JsonArray? Of(Operation call) =>
        call.Caller switch
        {
            // Where the setting Readers closes reads.
            Caller.Anyone when call.CanBeClosed => OneOf(null, "functionKey", "functionKeyInQuery"),
            Caller.Writer => OneOf("functionKey", "functionKeyInQuery"),
            Caller.Operator => OneOf("adminKey", "adminKeyInQuery"),
            _ => null,
        };

    private static JsonArray OneOf(params string?[] names) =>
        new([.. names.Select(n => (JsonNode)(n is null ? new JsonObject() : new JsonObject { [n] = new JsonArray() }))]);
}
