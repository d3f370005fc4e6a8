using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Operations;

/// <summary><c>GET /api/v1/audit?since=&amp;account=&amp;cursor=</c>: what operators did.</summary>
public sealed class GetAudit(AuditLog audit, AccountForms forms, PublicUrl url, TimeProvider clock)
{
    private const int CursorLength = 52;
    private static readonly TimeSpan Default = TimeSpan.FromDays(30);

    /// <summary>Runs the function.</summary>
    [Function(nameof(GetAudit))]
    public async Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Admin, "get", Route = "api/v1/audit")] HttpRequest request)
    {
        var (since, account, cursor) = (
            (string?)request.Query["since"],
            (string?)request.Query["account"],
            (string?)request.Query["cursor"]
        );
        var from = clock.GetUtcNow() - Default;
        if (!string.IsNullOrEmpty(since))
        {
            if (!Timestamp.TryParse(since, out var seconds) || seconds < 0)
                return Wrong("'since' must be a time like 2026-01-31T12:00:00Z.");
            from = DateTimeOffset.FromUnixTimeSeconds(seconds);
        }

        AccountId? about = null;
        if (!string.IsNullOrEmpty(account))
        {
            if (!forms.TryParse(account, out var named, out var problem))
                return Wrong($"'account' is not an account. {problem}");
            about = named;
        }

        if (!string.IsNullOrEmpty(cursor) && !IsCursor(cursor))
            return Wrong("'cursor' must be the one of a nextLink.");
        var (entries, next) = await audit.ListAsync(
            from,
            about,
            string.IsNullOrEmpty(cursor) ? null : cursor,
            request.HttpContext.RequestAborted
        );
        var link = next is null
            ? null
            : url.Of(request, $"audit?since={from:yyyy-MM-ddTHH:mm:ssZ}{Part("account", account)}&cursor={Uri.EscapeDataString(next)}");
        return Reply
            .Json(StatusCodes.Status200OK, new AuditList(entries, link), ApiJson.Readable.AuditList)
            .With("Cache-Control", "no-store");
    }

    private static string Part(string name, string? value) => string.IsNullOrEmpty(value) ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static bool IsCursor(string cursor) =>
        cursor.Length == CursorLength
        && cursor[19] == '|'
        && cursor.AsSpan(0, 19).ContainsAnyExceptInRange('0', '9') is false
        && cursor[20..].All(char.IsAsciiHexDigitLower);

    private static Reply Wrong(string detail) => Reply.Problem(StatusCodes.Status400BadRequest, "invalid_parameter", detail);
}
