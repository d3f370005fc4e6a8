namespace Influence.Pipeline.Ingest;

/// <summary>A body that is not in the format it claims; the message says where.</summary>
internal sealed class BodyFormatException(string message) : Exception(message);
