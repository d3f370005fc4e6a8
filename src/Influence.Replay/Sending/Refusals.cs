namespace Influence.Replay.Sending;

/// <summary>The items refused for one reason.</summary>
/// <param name="Count">How many.</param>
/// <param name="Example">The message of the first.</param>
internal sealed record Refusals(int Count, string Example);
