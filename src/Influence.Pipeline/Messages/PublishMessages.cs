using System.Text.Json;

namespace Influence.Pipeline.Messages;

/// <summary>Messages of publications to text and back.</summary>
internal static class PublishMessages
{
    public static string Write(PublishMessage message) => JsonSerializer.Serialize(message, MessageJson.Default.PublishMessage);

    /// <exception cref="MessageUnreadableException">It is not a message of ours, or of a newer version.</exception>
    public static PublishMessage Read(string text)
    {
        try
        {
            var message =
                JsonSerializer.Deserialize(text, MessageJson.Default.PublishMessage) ?? throw new MessageUnreadableException("it is empty");
            if (message.V is < 1 or > PublishMessage.Version)
                throw new MessageUnreadableException($"its version {message.V} is not known here");
            if (string.IsNullOrEmpty(message.Id))
                throw new MessageUnreadableException("it has no id");
            return message.V == 1 && (message.Date is null || message.AsOf is null)
                ? throw new MessageUnreadableException("it has no day")
                : message;
        }
        catch (JsonException)
        {
            throw new MessageUnreadableException("it is not JSON of a publication");
        }
    }
}
