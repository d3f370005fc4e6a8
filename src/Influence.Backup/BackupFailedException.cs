namespace Influence.Backup;

/// <summary>Ends the run with a message for the person who started it.</summary>
internal sealed class BackupFailedException(string message, Exception? inner = null) : Exception(message, inner);
