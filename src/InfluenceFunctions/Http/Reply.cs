using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace InfluenceFunctions.Http;

/// <summary>An HTTP answer, compressed as the caller accepts, with a strong ETag, or a 304.</summary>
/// <remarks>An <see cref="IActionResult"/>, executed by the worker; nothing behind it compresses or compares ETags.</remarks>
internal sealed class Reply(int status, CodedBody body, string contentType) : IActionResult
{
    private readonly HeaderDictionary headers = [];

    public Reply(int status, byte[] body, string contentType)
        : this(status, new CodedBody(body), contentType) { }

    /// <summary>The HTTP status.</summary>
    public int Status => status;

    public static Reply Json<T>(int status, T value, JsonTypeInfo<T> type) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(value, type), "application/json; charset=utf-8");

    public static Reply Of(Problem problem) =>
        new(
            problem.Status,
            JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Readable.Problem),
            "application/problem+json; charset=utf-8"
        );

    public static Reply Problem(int status, string code, string detail) =>
        Of(new Problem(status, ReasonPhrases.GetReasonPhrase(status), code, detail));

    /// <summary>503: the same request is worth sending again.</summary>
    public static Reply Unavailable(string detail) =>
        Problem(StatusCodes.Status503ServiceUnavailable, "unavailable", detail).With(HeaderNames.RetryAfter, "5");

    /// <summary>429: nothing was read or queued; the same request is worth sending again, later.</summary>
    public static Reply TooMany(Throttle throttle)
    {
        const int status = StatusCodes.Status429TooManyRequests;
        var seconds = ((int)throttle.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var again = $"Nothing of this request was taken: send it again after {seconds} s.";
        return (
            throttle.Reason switch
            {
                ThrottleReason.Concurrency => Problem(
                    status,
                    "too_many_writes",
                    $"The app is busy with as many writes as it takes at once. {again}"
                ),
                ThrottleReason.Backlog => Problem(status, "backlog", $"Facts already wait too long to be scored. {again}"),
                ThrottleReason.Budget => Problem(
                    status,
                    "over_budget",
                    $"The key has sent as many items as its budget allows for now. {again}"
                ),
                _ => throw new ArgumentOutOfRangeException(nameof(throttle), throttle.Reason, "Not a reason."),
            }
        ).With(HeaderNames.RetryAfter, seconds);
    }

    /// <summary>Says what the key may send, by RateLimit headers (IETF draft); nothing for one without a budget.</summary>
    public Reply With(ItemBudget? budget) =>
        budget is null
            ? this
            : With("RateLimit-Policy", string.Create(CultureInfo.InvariantCulture, $"\"items\";q={budget.PerMinute};w=60"))
                .With(
                    "RateLimit",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"\"items\";r={budget.Remaining};t={Math.Ceiling(budget.Reset.TotalSeconds)}"
                    )
                );

    /// <summary>Lets callers keep it for so many seconds.</summary>
    public Reply KeptFor(int seconds) => With("Cache-Control", string.Create(CultureInfo.InvariantCulture, $"public, max-age={seconds}"));

    /// <summary>Keeps shared caches from keeping it: not everybody may read it.</summary>
    public void KeepPrivate()
    {
        if (headers.TryGetValue(HeaderNames.CacheControl, out var kept))
            headers[HeaderNames.CacheControl] = kept.ToString().Replace("public", "private", StringComparison.Ordinal);
        headers.Append(HeaderNames.Vary, "x-functions-key");
    }

    public Reply With(string header, string value)
    {
        headers[header] = value;
        return this;
    }

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        foreach (var (name, value) in headers)
            response.Headers[name] = value;
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        // Names and texts of others are in the bodies: no browser is to guess that one of them is HTML.
        response.Headers.XContentTypeOptions = "nosniff";
        var encoding = contentType == "image/png" ? null : ContentCoding.Of(request, body.Length);
        if (status == StatusCodes.Status200OK && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
        {
            var tag = body.TagIn(encoding);
            response.Headers.ETag = tag.ToString();
            if (EntityTag.IsKnown(request, tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        var coded = body.In(encoding);
        response.StatusCode = status;
        if (body.Length == 0)
            return;
        response.ContentType = contentType;
        response.ContentLength = coded.Length;
        if (encoding is not null)
            response.Headers.ContentEncoding = encoding;
        if (!HttpMethods.IsHead(request.Method))
            await response.Body.WriteAsync(coded, context.HttpContext.RequestAborted);
    }
}
