using System.Text;
using System.Text.Json.Nodes;

namespace InfluenceFunctions.Tests.OpenApi;

/// <summary>One real call of the API, put together by what the document says of it.</summary>
/// <param name="Id">The call's name in the document.</param>
/// <param name="Status">The status that it must end in.</param>
/// <param name="Body">The body; null for none.</param>
internal sealed record ContractCall(string Id, int Status, string? Body = null)
{
    /// <summary>Values of its parameters; «{name}» stands for what an answer before gave.</summary>
    public IReadOnlyList<(string Name, string Value)> With { get; init; } = [];

    /// <summary>Headers that are not parameters of the document: a signature, a tag.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public string ContentType { get; init; } = "application/json";

    /// <summary>Another query than the parameters, as a source's handshake has.</summary>
    public string Query { get; init; } = "";

    /// <summary>Another key than the document asks for.</summary>
    public string? Key { get; init; }

    /// <summary>A field of the answer that calls after it use, and its name there.</summary>
    public (string Field, string Name)? Keep { get; init; }

    /// <summary>Ask again until the answer's <c>status</c> is no longer <c>running</c>.</summary>
    public bool UntilDone { get; init; }

    /// <summary>Wait first until all facts are processed.</summary>
    public bool Drained { get; init; }

    public HttpRequestMessage ToRequest(JsonObject document, IReadOnlyDictionary<string, string> kept)
    {
        var (_, method, path, call) = AnswerValidator.CallsOf(document).Single(c => c.Id == Id);
        var parameters = call["parameters"]?.AsArray().ToDictionary(p => p!["name"]!.GetValue<string>()) ?? [];
        var query = new StringBuilder(Query);
        var request = new HttpRequestMessage { Method = new HttpMethod(method.ToUpperInvariant()) };
        foreach (var (name, given) in With)
        {
            var value = kept.Aggregate(given, (text, k) => text.Replace($"{{{k.Key}}}", k.Value, StringComparison.Ordinal));
            Assert.True(parameters.ContainsKey(name), $"{Id} has no parameter {name}");
            switch (parameters[name]!["in"]!.GetValue<string>())
            {
                case "path":
                    path = path.Replace($"{{{name}}}", PathId.Write(value), StringComparison.Ordinal);
                    break;
                case "query":
                    query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
                    break;
                default:
                    request.Headers.Add(name, value);
                    break;
            }
        }

        request.RequestUri = new Uri(path + query, UriKind.Relative);
        if ((Key ?? KeyOf(call)) is { Length: > 0 } key)
            request.Headers.Add("x-functions-key", key);
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
            Assert.True(
                Status >= 400 || call["requestBody"]!["content"]!.AsObject().ContainsKey(ContentType),
                $"{Id} takes no {ContentType}"
            );
        }

        // Some stand among those of the body.
        foreach (var (name, value) in Headers)
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static string? KeyOf(JsonObject call) =>
        call["security"]?[0]?.AsObject().Select(s => s.Key).FirstOrDefault() switch
        {
            "functionKey" => RunningApp.FunctionKey,
            "adminKey" => RunningApp.MasterKey,
            _ => null,
        };
}
