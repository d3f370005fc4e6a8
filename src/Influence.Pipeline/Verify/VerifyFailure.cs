namespace Influence.Pipeline;

/// <summary>An account that could not be checked or repaired.</summary>
/// <param name="Id">The account.</param>
/// <param name="Code"><c>unreadable</c>, <c>busy</c> or <c>too_large</c>.</param>
/// <param name="Message">Why, in a sentence.</param>
public sealed record VerifyFailure(string Id, string Code, string Message)
{
    internal static VerifyFailure Unreadable(string id, string why) => new(id, "unreadable", why);

    internal static VerifyFailure Busy(string id) => new(id, "busy", "Others kept writing to it; verify it again.");

    internal static VerifyFailure TooLarge(string id) =>
        new(id, "too_large", "Its repair touches more rows than one transaction takes; nothing of it was written.");
}
