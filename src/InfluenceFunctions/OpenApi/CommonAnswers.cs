namespace InfluenceFunctions.OpenApi;

/// <summary>Answers that calls have because of what they are, so that no entry names them.</summary>
internal static class CommonAnswers
{
    /// <summary>The headers of answers, by name: what they say.</summary>
    public static IReadOnlyDictionary<string, string> Headers { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Cache-Control"] = "For how long the answer may be kept.",
            ["ETag"] = "Names these bytes: send it as `If-None-Match`, and an answer that is the same is a 304.",
            ["Location"] = "Where the state of what was asked for can be read.",
            ["RateLimit"] = "What the key may send: `r` items at once now, as much as at first after `t` seconds. Absent without a budget.",
            ["RateLimit-Policy"] = "The key's budget: `q` items in `w` seconds. Absent without one.",
            ["Retry-After"] = "After how many seconds to ask again.",
            ["WebHook-Allowed-Origin"] = "The sender that may send.",
            ["WebHook-Allowed-Rate"] = "How many requests a minute it may send; `*` for any number.",
        };

    /// <summary>All answers of a call, by status; problems of one status are one answer with the codes of both.</summary>
    public static IReadOnlyList<Answer> AllOf(Operation call) =>
        [
            .. call
                .Answers.Concat(Shared(call))
                .GroupBy(a => (a.Status, a.ContentType))
                .Select(g => g.First() with { Codes = [.. g.SelectMany(a => a.Codes).Distinct()] })
                .OrderBy(a => a.Status)
                .ThenBy(a => a.ContentType, StringComparer.Ordinal),
        ];

    private static IEnumerable<Answer> Shared(Operation call)
    {
        if (call.Method == "get")
            yield return new Answer(304, "It is what `If-None-Match` names.");
        if (call.CanBeClosed)
            yield return Answer.Problem(401, "key_required");
        if (call.Caller != Caller.Anyone)
        {
            yield return new Answer(401, "The key is missing or wrong. There is no body.");
            yield return Answer.Problem(403, "cross_site");
        }

        if (call.Body is not null)
        {
            yield return Answer.Problem(400, "bad_request");
            yield return Answer.Problem(408, "bad_request");
            yield return Answer.Problem(413, "too_large");
        }

        yield return Answer.Problem(500, "internal");
        if (call.AsksStorage)
            yield return Answer.Problem(503, "unavailable");
    }
}
