namespace Influence.Replay;

/// <summary>Ends the run with a message for the person who started it.</summary>
internal class ReplayFailedException(string message, Exception? inner = null) : Exception(message, inner);
