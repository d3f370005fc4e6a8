namespace Influence.Replay.Client;

/// <summary>An account that could not be checked or repaired.</summary>
/// <param name="Id">The account.</param>
/// <param name="Code">Why, for machines.</param>
/// <param name="Message">Why, in a sentence.</param>
internal sealed record FailureAnswer(string Id, string Code, string Message);
