using Microsoft.AspNetCore.Http;

namespace InfluenceFunctions.Operations;

/// <summary>Notes operators' calls in the audit, before they are done.</summary>
public sealed class OperatorCalls(AuditLog audit, Writers writers)
{
    private const string Unnamed = "unnamed";

    /// <summary>The reason in the query, <c>?reason=</c>; null for none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="wrong">The answer where there is one that cannot be kept.</param>
    internal static string? ReasonOf(HttpRequest request, out Reply? wrong)
    {
        var reason = request.Query["reason"].FirstOrDefault();
        wrong = Refuse(reason) is { } rule ? Reply.Problem(StatusCodes.Status400BadRequest, "invalid_parameter", rule) : null;
        return string.IsNullOrEmpty(reason) ? null : reason;
    }

    /// <summary>Why a reason cannot be kept, a sentence; null where it can.</summary>
    internal static string? Refuse(string? reason) =>
        string.IsNullOrEmpty(reason) || PlainText.IsWithin(reason, AuditLog.MaxReason)
            ? null
            : $"'reason' must be at most {AuditLog.MaxReason} characters without control characters.";

    /// <summary>Notes a call.</summary>
    /// <param name="request">The request: the key that it shows says who calls.</param>
    /// <param name="call">The function.</param>
    /// <param name="account">The account it is about; null for none.</param>
    /// <param name="why">The reason given.</param>
    /// <param name="what">What is asked for, without names.</param>
    internal Task NoteAsync(HttpRequest request, string call, AccountId? account = null, string? why = null, string? what = null) =>
        audit.AppendAsync(
            RequestKey.WriterOf(request, writers).Name ?? Unnamed,
            call,
            account,
            why,
            what,
            request.HttpContext.RequestAborted
        );
}
