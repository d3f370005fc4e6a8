using System.Text.Json;
using System.Text.Json.Serialization;

namespace Influence.Pipeline.Messages;

/// <summary>The queues, each with the poison queue that the host moves failed messages to.</summary>
public static class QueueNames
{
    /// <summary>Carries <see cref="FactsMessage"/>.</summary>
    public const string Interactions = "interactions";

    /// <summary>Carries <see cref="WorkflowMessage"/>.</summary>
    public const string Shards = "shards";

    /// <summary>What failed five times on <see cref="Interactions"/>.</summary>
    public const string InteractionsPoison = Interactions + "-poison";

    /// <summary>What failed five times on <see cref="Shards"/>.</summary>
    public const string ShardsPoison = Shards + "-poison";
}

/// <summary>A batch of facts of one origin, on queue <see cref="QueueNames.Interactions"/>. Version 2.</summary>
/// <param name="V">The layout's version: 2.</param>
/// <param name="Id">Names the message, for logs and the journal.</param>
/// <param name="ReceivedAt">
/// When the facts were taken in, Unix seconds: what was in time then stays in time however late it is processed.
/// </param>
/// <param name="Source">Where they were seen; absent where nobody says.</param>
/// <param name="Import">Whether they are lines of an import.</param>
/// <param name="Facts">A JSON array of items (<see cref="FactWriter"/>) as Brotli in base64.</param>
/// <param name="TraceParent">The W3C context of the span that sent it; absent where nobody traced. Readers may leave it out.</param>
public sealed record FactsMessage(
    int V,
    string Id,
    long ReceivedAt,
    string? Source,
    bool Import,
    string Facts,
    [property: JsonPropertyName("traceparent")] string? TraceParent = null
)
{
    /// <summary>The version written.</summary>
    public const int Version = 2;

    /// <summary>How its facts came in.</summary>
    public FactOrigin OriginOf() => new(ReceivedAt, Source, Import);

    /// <summary>Largest message, bytes: under the 64 KiB of a queue message.</summary>
    public const int MaxBytes = 60 * 1024;
}

/// <summary>Asks for one step of a workflow over one range, on queue <see cref="QueueNames.Shards"/>. Version 3.</summary>
/// <param name="V">The layout's version: 3.</param>
/// <param name="Id">The run.</param>
/// <param name="Step">The step's name.</param>
/// <param name="Round">Which time the step is done, from 0: iterations count up.</param>
/// <param name="Range">The range, from 0.</param>
/// <param name="TraceParent">The W3C context of the span that sent it; absent where nobody traced. Readers may leave it out.</param>
public sealed record WorkflowMessage(
    int V,
    string Id,
    string Step,
    int Round,
    int Range,
    [property: JsonPropertyName("traceparent")] string? TraceParent = null
)
{
    /// <summary>The version written and read.</summary>
    public const int Version = 3;

    /// <summary>A message of the current version.</summary>
    public static WorkflowMessage Of(string id, string step, int round, int range, string? traceParent = null) =>
        new(Version, id, step, round, range, traceParent);

    /// <summary>Writes the message as JSON.</summary>
    public string Write() => JsonSerializer.Serialize(this, MessageJson.Default.WorkflowMessage);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="MessageUnreadableException">It is not a message of ours, or of another version.</exception>
    public static WorkflowMessage Read(string text)
    {
        try
        {
            var message =
                JsonSerializer.Deserialize(text, MessageJson.Default.WorkflowMessage)
                ?? throw new MessageUnreadableException("it is empty");
            if (message.V != Version)
                throw new MessageUnreadableException($"its version {message.V} is not known here");
            if (string.IsNullOrEmpty(message.Id))
                throw new MessageUnreadableException("it has no id");
            if (string.IsNullOrEmpty(message.Step))
                throw new MessageUnreadableException("it names no step");
            return message;
        }
        catch (JsonException)
        {
            throw new MessageUnreadableException("it is not JSON of a workflow");
        }
    }
}

/// <summary>A queue message that no retry can help: it becomes a dead letter with this reason.</summary>
public sealed class MessageUnreadableException(string why) : Exception($"The message cannot be read: {why}.");

/// <summary>JSON of the messages: source-generated, camel case, nulls left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FactsMessage))]
[JsonSerializable(typeof(WorkflowMessage))]
internal sealed partial class MessageJson : JsonSerializerContext;
