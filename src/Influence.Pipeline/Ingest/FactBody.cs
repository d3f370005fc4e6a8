using System.Text.Json;

namespace Influence.Pipeline.Ingest;

/// <summary>How a body holds its items.</summary>
public enum FactBodyFormat
{
    /// <summary>One JSON value: an array of items, or an object that holds it.</summary>
    Json,

    /// <summary>An item a line.</summary>
    Ndjson,

    /// <summary>A CloudEvent 1.0 in structured mode: a JSON object whose data is the item.</summary>
    CloudEvent,

    /// <summary>A JSON array of CloudEvents.</summary>
    CloudEventBatch,

    /// <summary>A CloudEvent in binary mode: the body is the item, the attributes come beside it.</summary>
    CloudEventBinary,
}

/// <summary>A body of facts as it came in.</summary>
/// <param name="Format">How it holds its items.</param>
/// <param name="Content">The whole body in UTF-8, at most <see cref="FactIngestor.MaxBytes"/>.</param>
/// <param name="Attributes">The attributes of <see cref="FactBodyFormat.CloudEventBinary"/>; null in the other formats.</param>
public sealed partial record FactBody(FactBodyFormat Format, ReadOnlyMemory<byte> Content, CloudEventAttributes? Attributes = null)
{
    private const string Source = "source";

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>Splits the body into items, none of which is read yet.</summary>
    /// <exception cref="BodyFormatException">It is not in its format.</exception>
    internal BodyItems Items(FactKind kind)
    {
        // Some tools begin a body with a byte order mark; a reader may pass over it (RFC 8259).
        var json = Content.Span.StartsWith(ByteOrderMark) ? Content[ByteOrderMark.Length..] : Content;
        return Format switch
        {
            FactBodyFormat.Json => Batch(Parse(json, "The body"), kind),
            FactBodyFormat.Ndjson => new(Lines(json)),
            FactBodyFormat.CloudEvent => new([Single(CloudEvents.Structured(Parse(json, "The body")))]),
            FactBodyFormat.CloudEventBatch => new(Events(Parse(json, "The body"))),
            FactBodyFormat.CloudEventBinary => new([Single(CloudEvents.Binary(Attributes!, Parse(json, "The body")))]),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), Format, "Not a format of bodies."),
        };
    }

    private static BodyItems Batch(JsonElement body, FactKind kind)
    {
        if (FactReader.RefuseBatch(body, kind, out var items) is { } refusal)
            throw new BodyFormatException(refusal.Message);
        IReadOnlyList<BodyItem> all = [.. items.EnumerateArray().Select(item => new BodyItem(item))];
        if (body.ValueKind != JsonValueKind.Object)
            return new(all);
        var (source, name) = (body.TryGetProperty(Source, out var said) ? said : default, FactReader.NameOf(kind));
        if (source.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null) && !IsSource(source))
            throw new BodyFormatException(
                $"'{Source}' is not 1-128 characters of a-z, 0-9, '.', '_', '-', ':' and '/', beginning with a letter or digit."
            );
        return new(all, source.ValueKind == JsonValueKind.String ? source.GetString() : null)
        {
            UnknownFields = [.. body.EnumerateObject().Select(f => f.Name).Where(f => f != name && f != Source)],
        };
    }

    private static bool IsSource(JsonElement source) =>
        source.ValueKind == JsonValueKind.String && JsonText.TryGet(source, out var text) && SourceForm().IsMatch(text);

    private static List<BodyItem> Lines(ReadOnlyMemory<byte> body)
    {
        var items = new List<BodyItem>();
        for (var number = 1; !body.IsEmpty; number++)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var line = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (!line.Span.Trim(" \t\r"u8).IsEmpty)
                items.Add(new BodyItem(Parse(line, $"Line {number}")));
        }

        return items;
    }

    private static IReadOnlyList<BodyItem> Events(JsonElement body) =>
        body.ValueKind == JsonValueKind.Array
            ? [.. body.EnumerateArray().Select(CloudEvents.Structured)]
            : throw new BodyFormatException("The body is not an array of events.");

    // An event that is none is the whole body here, while it spoils no other of a batch.
    private static BodyItem Single(BodyItem item) => item.Refusal is { } refusal ? throw new BodyFormatException(refusal.Message) : item;

    [System.Text.RegularExpressions.GeneratedRegex(
        @"^[a-z0-9][a-z0-9._:/-]{0,127}\z",
        System.Text.RegularExpressions.RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial System.Text.RegularExpressions.Regex SourceForm();

    private static JsonElement Parse(ReadOnlyMemory<byte> json, string what)
    {
        try
        {
            return JsonElement.Parse(json.Span);
        }
        catch (JsonException e)
        {
            throw new BodyFormatException($"{what} is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).");
        }
    }
}

/// <summary>The items of a body, and what it says of all of them.</summary>
/// <param name="All">The items.</param>
/// <param name="Source">The source that it names; null for none.</param>
internal sealed record BodyItems(IReadOnlyList<BodyItem> All, string? Source = null)
{
    /// <summary>Names of its own fields that nobody reads.</summary>
    public IReadOnlyList<string> UnknownFields { get; init; } = [];
}

/// <summary>An item of a body, with what its envelope says of it.</summary>
internal readonly record struct BodyItem(JsonElement Json, FactDefaults Defaults = default, FactRefusal? Refusal = null)
{
    public ReadFact Read(FactKind kind) => Refusal is null ? FactReader.Read(Json, kind, Defaults) : new(Defaults.Id, null, Refusal);
}

/// <summary>A body that is not in its format; the message says where.</summary>
internal sealed class BodyFormatException(string message) : Exception(message);
