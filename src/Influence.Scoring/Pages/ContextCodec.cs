using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Influence.Scoring.Pages;

/// <summary>Packs the contexts of a page, each distinct one once.</summary>
/// <remarks>
/// A u16 count, then for each a u8 of topics, the topics and a community (length 0 for none), every text as u16 bytes of UTF-8. No bytes at
/// all for a page without contexts. Records point to contexts by index + 1; 0 is <see cref="FactContext.None"/>.
/// </remarks>
internal static class ContextCodec
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static int Size(ReadOnlySpan<FactContext> contexts)
    {
        if (contexts.IsEmpty)
            return 0;
        var size = sizeof(ushort);
        foreach (var context in contexts)
            size += SizeOf(context);
        return size;
    }

    public static int SizeOf(FactContext context)
    {
        var size = 1 + sizeof(ushort) + Encoding.UTF8.GetByteCount(context.Community ?? "");
        foreach (var topic in context.Topics)
            size += sizeof(ushort) + Encoding.UTF8.GetByteCount(topic);
        return size;
    }

    public static void Write(ReadOnlySpan<FactContext> contexts, Span<byte> to)
    {
        if (contexts.IsEmpty)
            return;
        BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)contexts.Length);
        to = to[sizeof(ushort)..];
        foreach (var context in contexts)
        {
            to[0] = (byte)context.Topics.Length;
            to = to[1..];
            foreach (var topic in context.Topics)
                to = WriteText(topic, to);
            to = WriteText(context.Community ?? "", to);
        }
    }

    public static ImmutableArray<FactContext> Read(ReadOnlySpan<byte> from, string what)
    {
        if (from.IsEmpty)
            return [];
        var contexts = ImmutableArray.CreateBuilder<FactContext>(ReadNumber(ref from, what));
        for (var i = 0; i < contexts.Capacity; i++)
            contexts.Add(ReadContext(ref from, what));
        return from.IsEmpty ? contexts.MoveToImmutable() : throw new PageCorruptException(what, "bytes are left after its contexts");
    }

    private static FactContext ReadContext(ref ReadOnlySpan<byte> from, string what)
    {
        if (from.IsEmpty)
            throw new PageCorruptException(what, "its contexts are cut short");
        var topics = new string[from[0]];
        from = from[1..];
        for (var i = 0; i < topics.Length; i++)
            topics[i] = ReadText(ref from, what);
        var community = ReadText(ref from, what);
        return FactContext.Of(topics, community.Length == 0 ? null : community);
    }

    private static Span<byte> WriteText(string text, Span<byte> to)
    {
        var length = Encoding.UTF8.GetBytes(text, to[sizeof(ushort)..]);
        BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)length);
        return to[(sizeof(ushort) + length)..];
    }

    private static string ReadText(ref ReadOnlySpan<byte> from, string what)
    {
        var length = ReadNumber(ref from, what);
        if (length > from.Length)
            throw new PageCorruptException(what, "its contexts are cut short");
        try
        {
            var text = Strict.GetString(from[..length]);
            from = from[length..];
            return text;
        }
        catch (DecoderFallbackException)
        {
            throw new PageCorruptException(what, "a text is not UTF-8");
        }
    }

    private static ushort ReadNumber(ref ReadOnlySpan<byte> from, string what)
    {
        if (!BinaryPrimitives.TryReadUInt16LittleEndian(from, out var number))
            throw new PageCorruptException(what, "its contexts are cut short");
        from = from[sizeof(ushort)..];
        return number;
    }
}

/// <summary>The contexts of a page being written, each once; index 0 is <see cref="FactContext.None"/>.</summary>
internal struct ContextIndex(ImmutableArray<FactContext> start)
{
    private ImmutableArray<FactContext>.Builder? added;
    private Dictionary<FactContext, ushort>? indexes;

    public ushort IndexOf(FactContext context)
    {
        if (ReferenceEquals(context, FactContext.None))
            return 0;
        if (indexes is null)
        {
            added = start.ToBuilder();
            indexes = [];
            foreach (var known in start)
                indexes.TryAdd(known, (ushort)(indexes.Count + 1));
        }

        if (indexes.TryGetValue(context, out var index))
            return index;
        added!.Add(context);
        indexes[context] = (ushort)added.Count;
        return (ushort)added.Count;
    }

    public readonly ImmutableArray<FactContext> ToImmutable() => added?.ToImmutable() ?? start;
}
