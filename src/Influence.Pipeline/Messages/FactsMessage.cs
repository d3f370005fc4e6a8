namespace Influence.Pipeline.Messages;

/// <summary>A batch of facts of one shard group, on queue <c>interactions</c>. Version 1.</summary>
/// <param name="V">The layout's version: 1.</param>
/// <param name="Id">Names the message, for logs and the journal.</param>
/// <param name="ReceivedAt">
/// When the facts reached the door, Unix seconds: what was in time then stays in time however late it is processed.
/// </param>
/// <param name="Facts">A JSON array of <see cref="FactItem"/> as Brotli in base64.</param>
public sealed record FactsMessage(int V, string Id, long ReceivedAt, string Facts)
{
    /// <summary>The version written.</summary>
    public const int Version = 1;

    /// <summary>Largest message, bytes: under the 64 KiB of a queue message.</summary>
    public const int MaxBytes = 60 * 1024;
}
