using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Azure.Storage.Queues.Models;
using Microsoft.AspNetCore.Http;

namespace Influence.LocalHost.Invocation;

/// <summary>What the host offers to a function by name, beside its trigger.</summary>
/// <remarks>
/// As the Functions host does it, the sender's own names come with it: properties of a JSON message lie over the queue's metadata, and the
/// query and body of a request are offered beside its route values, which win. So nothing may rely on such a name, and a parameter that
/// one of them could fill fails for some callers.
/// </remarks>
internal static class BindingData
{
    /// <summary>A body longer than this is forwarded as it comes, and not looked into. The host has no such limit.</summary>
    public const int LongestBody = 4 * 1024 * 1024;

    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static Dictionary<string, TypedData> None => new(StringComparer.OrdinalIgnoreCase);

    public static Dictionary<string, TypedData> Of(QueueMessage message, string text)
    {
        var data = new Dictionary<string, TypedData>(StringComparer.OrdinalIgnoreCase)
        {
            ["QueueTrigger"] = Text(text),
            ["Id"] = Text(message.MessageId),
            ["PopReceipt"] = Text(message.PopReceipt),
            ["DequeueCount"] = Json(message.DequeueCount.ToString(CultureInfo.InvariantCulture)),
            ["InsertionTime"] = Moment(message.InsertedOn),
            ["ExpirationTime"] = Moment(message.ExpiresOn),
            ["NextVisibleTime"] = Moment(message.NextVisibleOn),
        };
        Lay(new ReadOnlySequence<byte>(System.Text.Encoding.UTF8.GetBytes(text)), data);
        return data;
    }

    /// <summary>Those of a request; its body can still be read.</summary>
    public static async ValueTask<Dictionary<string, TypedData>> OfAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var data = None;
        // As the host: only a body whose length was told.
        if (request.ContentLength is > 0 and <= LongestBody)
            await LayBodyAsync(request, data, cancellationToken);
        foreach (var (name, value) in request.Query)
            data[name] = Text(value.ToString());
        // A route value is decoded but for %2F, which is just what ASP.NET Core gives.
        foreach (var (name, value) in request.RouteValues)
            data[name] = Text(value?.ToString() ?? "");
        return data;
    }

    // Looked at, not taken: the forwarder reads it again. What cannot begin an object is not waited for.
    private static async ValueTask LayBodyAsync(
        HttpRequest request,
        Dictionary<string, TypedData> data,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            var isObject = BeginsObject(read.Buffer);
            if (isObject == true && (read.IsCompleted || read.Buffer.Length >= request.ContentLength))
                Lay(read.Buffer, data);
            var isOver = isObject == false || read.IsCompleted || read.Buffer.Length >= request.ContentLength;
            request.BodyReader.AdvanceTo(read.Buffer.Start, isOver ? read.Buffer.Start : read.Buffer.End);
            if (isOver)
                return;
        }
    }

    // Null while there is only white space.
    private static bool? BeginsObject(ReadOnlySequence<byte> body)
    {
        var reader = new SequenceReader<byte>(body);
        reader.AdvancePastAny(" \t\r\n"u8);
        return reader.TryPeek(out var first) ? first == '{' : null;
    }

    // As the host: every property but arrays and null; an object as JSON, all else as text.
    private static void Lay(ReadOnlySequence<byte> json, Dictionary<string, TypedData> data)
    {
        if (BeginsObject(json) != true)
            return;
        var found = None;
        try
        {
            var reader = new Utf8JsonReader(json, Lenient);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                if (ValueOf(ref reader, json) is { } value)
                    found[name] = value;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON after all, or text that is no Unicode: nothing of it is offered.
            return;
        }

        foreach (var (name, value) in found)
            data[name] = value;
    }

    private static TypedData? ValueOf(ref Utf8JsonReader reader, ReadOnlySequence<byte> json)
    {
        var start = reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return Text(reader.GetString()!);
            case JsonTokenType.True or JsonTokenType.False:
                return Text(reader.GetBoolean() ? bool.TrueString : bool.FalseString);
            case JsonTokenType.Number:
                return Text(Utf8(json, start, reader.BytesConsumed));
            case JsonTokenType.StartObject:
                reader.Skip();
                return Json(Utf8(json, start, reader.BytesConsumed));
            default:
                reader.Skip();
                return null;
        }
    }

    private static string Utf8(ReadOnlySequence<byte> json, long start, long end) =>
        System.Text.EncodingExtensions.GetString(System.Text.Encoding.UTF8, json.Slice(start, end - start));

    private static TypedData Text(string text) => new() { String = text };

    private static TypedData Json(string json) => new() { Json = json };

    private static TypedData Moment(DateTimeOffset? moment) =>
        Json(moment is { } at ? $"\"{at.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture)}\"" : "null");
}
