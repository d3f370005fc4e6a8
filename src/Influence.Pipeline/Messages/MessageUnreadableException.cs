namespace Influence.Pipeline.Messages;

/// <summary>A queue message that no retry can help: it becomes a dead letter with this reason.</summary>
public sealed class MessageUnreadableException(string why) : Exception($"The message cannot be read: {why}.");
