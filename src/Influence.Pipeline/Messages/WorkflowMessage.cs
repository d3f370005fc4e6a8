using System.Text.Json;

namespace Influence.Pipeline.Messages;

/// <summary>Asks for one step of a workflow over one range, on queue <c>shards</c>. Version 3.</summary>
/// <param name="V">The layout's version: 3.</param>
/// <param name="Id">The run.</param>
/// <param name="Step">The step's name.</param>
/// <param name="Round">Which time the step is done, from 0: iterations count up.</param>
/// <param name="Range">The range, from 0.</param>
public sealed record WorkflowMessage(int V, string Id, string Step, int Round, int Range)
{
    /// <summary>The version written and read.</summary>
    public const int Version = 3;

    /// <summary>A message of the current version.</summary>
    public static WorkflowMessage Of(string id, string step, int round, int range) => new(Version, id, step, round, range);

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
