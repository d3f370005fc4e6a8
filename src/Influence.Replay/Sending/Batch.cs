namespace Influence.Replay.Sending;

/// <summary>What one request carries.</summary>
/// <param name="Number">Its place in the run, from 0: the same for the same log and options.</param>
/// <param name="Facts">How many items it holds.</param>
/// <param name="Body">The items, one a line.</param>
internal sealed record Batch(int Number, int Facts, ReadOnlyMemory<byte> Body);
