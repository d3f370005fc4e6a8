using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary><c>GET /api/v1/dead-letters?queue=&amp;since=&amp;top=100&amp;cursor=</c>: messages that failed for good.</summary>
public sealed class ListDeadLetters(DeadLetterBox letters, PublicUrl url)
{
    private const int DefaultTop = 100;

    /// <summary>Runs the function.</summary>
    [Function(nameof(ListDeadLetters))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "api/v1/dead-letters")] HttpRequest request
    )
    {
        var (queue, day, after) = (Said(request, "queue"), Said(request, "since"), Said(request, "cursor"));
        if (queue is not null && !DeadLetterBox.Queues.Contains(queue, StringComparer.Ordinal))
            return Wrong($"'queue' must be one of {string.Join(", ", DeadLetterBox.Queues)}, or absent for all.");
        if (!BoardQuery.TryReadNumber(request.Query["top"], DefaultTop, 1, DeadLetterBox.MaxTop, out var top))
            return Wrong($"'top' must be a whole number from 1 to {DeadLetterBox.MaxTop}.");
        if (after is not null && !DeadLetterBox.IsId(after))
            return Wrong("'cursor' must be the one of a nextLink.");
        DateTimeOffset? since = null;
        if (day is not null)
        {
            if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", out var date))
                return Wrong("'since' must be a day like 2026-01-31.");
            since = new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero);
        }

        var (found, hasMore) = await letters.ListAsync(queue, since, after, top, request.HttpContext.RequestAborted);
        var link = hasMore
            ? url.Of(
                request,
                FormattableString.Invariant($"dead-letters?top={top}{Part("queue", queue)}{Part("since", day)}&cursor={found[^1].Id}")
            )
            : null;
        return Reply
            .Json(StatusCodes.Status200OK, new DeadLetterList(found, link), ApiJson.Readable.DeadLetterList)
            .With("Cache-Control", "no-store");
    }

    private static string? Said(HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } said ? said : null;

    private static string Part(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static Reply Wrong(string detail) => Reply.Problem(StatusCodes.Status400BadRequest, "invalid_parameter", detail);
}
