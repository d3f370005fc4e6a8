using System.IO.Compression;
using System.Text;
using CsCheck;

namespace Influence.Pipeline.Tests.Messages;

/// <summary>Anything may lie on a queue: it is read, or refused with the one exception that says so.</summary>
public sealed class UnreadableMessageTests
{
    private const long Now = 1_790_000_000;

    private const string Items = """
        [{"type":"share","actor":"net:a","target":"net:b","at":1790000000,"id":"1","topics":["x","y"]},
        {"account":"net:b","metric":"likes","add":3.5,"at":1790000000,"id":"2"}]
        """;

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("not JSON")]
    [InlineData("""{"v":2}""")]
    [InlineData("""{"v":2,"id":"x","receivedAt":1,"facts":null}""")]
    [InlineData("""{"v":2,"id":"x","receivedAt":1,"facts":""}""")]
    [InlineData("""{"v":2,"id":"x","receivedAt":1,"facts":"@@@"}""")]
    [InlineData("""{"v":2,"id":"x","receivedAt":1,"facts":"AAAA"}""")]
    [InlineData("""{"v":2,"id":"x","receivedAt":"soon","facts":"AAAA"}""")]
    [InlineData("\uD800")]
    public void What_is_not_a_message_is_unreadable(string text) => Assert.Throws<MessageUnreadableException>(() => FactsCodec.Read(text));

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("[1]")]
    [InlineData("[{}]")]
    [InlineData("""[{"type":"share","actor":"net:a","target":"net:b","at":1790000000,"topics":[null]}]""")]
    [InlineData("""[{"type":"share","actor":"net:a","target":"net:b","at":1790000000,"topics":["\ud800"],"id":7}]""")]
    [InlineData("""[{"type":"share","actor":"a","target":"net:b","at":1790000000}]""")]
    [InlineData("""[{"type":"praise","actor":"net:a","target":"net:b","at":1790000000}]""")]
    public void What_does_not_hold_facts_is_unreadable(string items) =>
        Assert.Throws<MessageUnreadableException>(() => FactsCodec.Read(Message(items)));

    [Fact]
    public void A_message_without_an_id_is_unreadable() =>
        Assert.Throws<MessageUnreadableException>(() =>
            FactsCodec.Read(Message(Items).Replace("\"id\":\"x\",", "", StringComparison.Ordinal))
        );

    [Fact]
    public void A_newer_version_is_refused_by_its_number()
    {
        var newer = Message(Items).Replace("\"v\":2", "\"v\":3", StringComparison.Ordinal);
        var refused = Assert.Throws<MessageUnreadableException>(() => FactsCodec.Read(newer));
        Assert.Contains("version 3", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_unpacks_to_gigabytes_is_refused() =>
        Assert.Contains(
            "64 MiB",
            Assert.Throws<MessageUnreadableException>(() => FactsCodec.Read(Message(new string(' ', 65 * 1024 * 1024)))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_mutated_text_is_read_or_refused() =>
        Mutation.Sample(mutate => ReadOrRefuse(Encoding.UTF8.GetString(mutate(Encoding.UTF8.GetBytes(Message(Items))))), iter: 5_000);

    [Fact]
    public void Mutated_bytes_inside_are_read_or_refused() =>
        Mutation.Sample(
            mutate => ReadOrRefuse($$"""{"v":2,"id":"x","receivedAt":{{Now}},"facts":"{{Convert.ToBase64String(mutate(Pack(Items)))}}"}"""),
            iter: 5_000
        );

    [Fact]
    public void Mutated_items_inside_are_read_or_refused() =>
        Mutation.Sample(mutate => ReadOrRefuse(Message(Encoding.UTF8.GetString(mutate(Encoding.UTF8.GetBytes(Items))))), iter: 5_000);

    // Up to four edits, each of them a byte replaced, removed, repeated, or the rest cut off.
    private static readonly Gen<Func<byte[], byte[]>> Mutation = Gen.Select(Gen.Int[0, 7], Gen.Int[0, 10_000], Gen.Byte)
        .Array[1, 4]
        .Select(edits =>
            (Func<byte[], byte[]>)(
                bytes => edits.Aggregate(bytes, (b, edit) => b.Length == 0 ? b : Edited(b, edit.Item1, edit.Item2 % b.Length, edit.Item3))
            )
        );

    private static byte[] Edited(byte[] bytes, int kind, int at, byte value) =>
        kind switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], .. bytes[(at + 1)..]],
            2 => [.. bytes[..at], bytes[at], .. bytes[at..]],
            3 => [.. bytes[..at], .. "null"u8, .. bytes[at..]],
            4 => [.. bytes[..at], (byte)"0123456789\"{}[],:nN-.eE\\"[value % 24], .. bytes[(at + 1)..]],
            _ => [.. bytes[..at], value, .. bytes[(at + 1)..]],
        };

    private static void ReadOrRefuse(string text)
    {
        try
        {
            var (message, facts) = FactsCodec.Read(text);
            Assert.NotNull(message.Id);
            // What is read can be asked about without a surprise.
            foreach (var fact in facts)
                _ = FactRules.Refuse(fact, ScoringPolicy.Current, message.ReceivedAt);
            foreach (var again in FactsCodec.Write(facts, message.OriginOf()))
                FactsCodec.Read(again);
        }
        catch (MessageUnreadableException) { }
    }

    private static string Message(string items) =>
        $$"""{"v":2,"id":"x","receivedAt":{{Now}},"facts":"{{Convert.ToBase64String(Pack(Encoding.UTF8.GetBytes(items)))}}"}""";

    private static byte[] Pack(string items) => Pack(Encoding.UTF8.GetBytes(items));

    private static byte[] Pack(byte[] items)
    {
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write(items);
        return bytes.ToArray();
    }
}
