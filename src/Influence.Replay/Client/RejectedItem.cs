namespace Influence.Replay.Client;

/// <summary>An item that was refused.</summary>
/// <param name="Index">Its place in the batch.</param>
/// <param name="Id">Its id, where it had one.</param>
/// <param name="Code">Why, for machines.</param>
/// <param name="Message">Why, for people.</param>
internal sealed record RejectedItem(int Index, string? Id, string Code, string Message);
