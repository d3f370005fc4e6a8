using Microsoft.AspNetCore.Http;

namespace InfluenceFunctions.Http;

/// <summary>The header <c>Idempotency-Key</c>: a name that the sender gives its batch.</summary>
/// <remarks>
/// It only names the batch in answers and logs. That a batch counts once does not rest on it: every fact has an identity of its own.
/// </remarks>
internal static class IdempotencyKey
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Most characters.</summary>
    public const int MaxLength = 64;

    /// <summary>The batch's name; null where the sender gives none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="wrong">The answer to a key that is none.</param>
    public static string? Read(HttpRequest request, out Reply? wrong)
    {
        // The draft's form is a quoted string; most senders leave the quotes away.
        var key = request.Headers[Header].FirstOrDefault()?.Trim('"');
        wrong =
            string.IsNullOrEmpty(key) || (key.Length <= MaxLength && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
                ? null
                : Reply.Problem(
                    StatusCodes.Status400BadRequest,
                    "invalid_parameter",
                    $"'{Header}' must be 1 to {MaxLength} of the characters A-Z, a-z, 0-9, '-', '_' and '.', such as a UUID."
                );
        return string.IsNullOrEmpty(key) ? null : key;
    }
}
