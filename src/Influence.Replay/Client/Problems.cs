using System.Net;
using System.Text.Json;

namespace Influence.Replay.Client;

/// <summary>Puts the API's errors into words.</summary>
internal static class Problems
{
    /// <summary>The problem an answer describes; null for one that does not (the host's own errors have no body).</summary>
    public static Problem? Of(Answer answer)
    {
        try
        {
            return answer.Body.Length == 0 ? null : JsonSerializer.Deserialize(answer.Body, ReplayJson.Api.Problem);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The failure that ends the run.</summary>
    public static ReplayFailedException Failure(Answer answer, Uri at)
    {
        var problem = Of(answer);
        var why = problem?.Detail ?? problem?.Title ?? Hint(answer.Status);
        return new ReplayFailedException($"{at} answers {(int)answer.Status}{(problem?.Code is { } code ? $" ({code})" : "")}: {why}");
    }

    private static string Hint(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                "it wants a key; give --key and --admin-key, or set INFLUENCE_KEY and INFLUENCE_ADMIN_KEY.",
            HttpStatusCode.NotFound => "is this the influence app?",
            _ => "no reason given.",
        };
}
