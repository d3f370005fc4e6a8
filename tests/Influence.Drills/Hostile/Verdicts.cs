using System.Text.RegularExpressions;

namespace Influence.Drills.Hostile;

/// <summary>What is wrong with an answer, whatever was asked. It is a failure of the app, or tells too much.</summary>
internal static partial class Verdicts
{
    /// <summary>A sentence; null for an answer that is in order.</summary>
    public static string? Of(RawAnswer answer)
    {
        if (answer.Status >= 500 && !IsDeliberate(answer))
            return $"status {answer.Status}";
        return Leak().Match(answer.Head + "\n" + answer.Body) is { Success: true } leak ? $"it tells «{leak.Value}»" : null;
    }

    // 501 is oEmbed's own word for a format that it does not have.
    private static bool IsDeliberate(RawAnswer answer) =>
        answer.Status is 501 or 505
        || (
            answer.Status == 503
            && answer.Header("Retry-After") is not null
            && (
                answer.Header("Content-Type")?.StartsWith("text/html", StringComparison.Ordinal) == true
                || answer.Body.Contains("\"code\":", StringComparison.Ordinal)
                || answer.Body.Length == 0
            )
        );

    // Stacks, types, folders of this machine and its keys. None of the requests holds one of these.
    [GeneratedRegex(
        @"\n   at |Exception|StackTrace|System\.[A-Z]|Microsoft\.[A-Z]|Azure\.[A-Z]|\.cs:line"
            + "|devstoreaccount1|AccountKey|-key-of-the-tests|/tmp/|/home/|/root/",
        RegexOptions.NonBacktracking
    )]
    private static partial Regex Leak();
}
