using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace Influence.Replay.Tests.Readers;

public sealed class ReaderTests : IDisposable
{
    private readonly TestRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public void Snap_becomes_interactions_and_leaves_self_interactions_out()
    {
        var (lines, tally) = Read(
            "log.txt",
            "# actor target at type\n1 2 1341100972 RT\n\n3\t4   1341100973 MT\r\n5 5 1341100974 RE\n6 7 1341100975 RE"
        );
        Assert.Equal(
            [
                """{"type":"share","actor":"twitter:1","target":"twitter:2","at":1341100972}""",
                """{"type":"mention","actor":"twitter:3","target":"twitter:4","at":1341100973}""",
                """{"type":"reply","actor":"twitter:6","target":"twitter:7","at":1341100975}""",
            ],
            lines
        );
        Assert.Equal(1, tally.SelfInteractions);
    }

    [Fact]
    public void Ndjson_passes_as_it_is()
    {
        const string item = """{ "at" : "2026-11-01T00:00:00Z", "type":"like", "odd": {"at": 1}, "actor":"x:\u00e4", "target":"x:b" }""";
        Assert.Equal([item, """{"at":5}"""], Read("log.dat", item + "\n" + """{"at":5}""" + "\n").Lines);
    }

    [Fact]
    public void Only_the_moment_of_an_ndjson_item_moves()
    {
        var line = ReadFacts("log.ndjson", """{"odd":{"at":1},"at" : "2026-11-01T00:00:00.9+01:00" ,"type":"like"}""").Single();
        Assert.Equal(1793487600, line.At);
        Assert.Equal("""{"odd":{"at":1},"at" : 1793487610 ,"type":"like"}""", Text(line, 10));
    }

    [Fact]
    public void Csv_knows_all_fields_in_any_order()
    {
        const string csv =
            "\uFEFFat,Type,actor,target,topics,object,community,id,undo,ActorName,targetname\n"
            + "2026-11-01T00:00:00Z,like,x:a,\"x:b,\"\"c\"\"\",music; art ;,post/1,c,7,true,,\n"
            + "5,post,x:a,,,,,,no-1,,\n"
            + "6,like,x:a,x:b,,,,,,Ann,\"B, the second\"\n";
        Assert.Equal(
            [
                """{"type":"like","actor":"x:a","target":"x:b,\"c\"","id":"7","object":"post/1","community":"c","topics":["music","art"],"""
                    + "\"undo\":true,\"at\":1793491200}",
                """{"type":"post","actor":"x:a","undo":"no-1","at":5}""",
                """{"type":"like","actor":"x:a","target":"x:b","actorName":"Ann","targetName":"B, the second","at":6}""",
            ],
            Read("log.csv", csv).Lines
        );
    }

    [StrangeZoneFact]
    public void A_moment_without_an_offset_is_UTC_whatever_the_zone_of_the_machine() =>
        StrangeZone.Run(() =>
        {
            Assert.Equal(1793491200, ReadFacts("log.csv", "type,actor,target,at\nlike,x:a,x:b,2026-11-01 00:00:00\n").Single().At);
            Assert.Equal(1793491200, ReadFacts("log.ndjson", """{"at":"2026-11-01T00:00:00"}""").Single().At);
        });

    [Fact]
    public void Gzip_is_told_by_its_bytes_and_reads_the_same()
    {
        const string log = "1 2 1341100972 RT\n3 4 1341100973 MT\n";
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(log));
        Assert.Equal(Read("plain.txt", log).Lines, Read("packed", packed.ToArray()).Lines);
    }

    [Theory]
    [InlineData("a.txt", "1 2 1341100972 RT\n1 2 1341100972\n", 2, "4 columns")]
    [InlineData("a.txt", "1 2 1341100972 RT\n\n1 b 1341100972 RT\n", 3, "the target 'b' is not a number")]
    [InlineData("a.txt", "1 2 1341100972 XX", 1, "the type 'XX' is none of RT, MT, RE")]
    [InlineData("a.txt", "1 2 99999999999 RT", 1, "the moment '99999999999'")]
    [InlineData("a.ndjson", "{\"at\":1}\n[1]\n", 2, "the line is not a JSON object")]
    [InlineData("a.ndjson", "{\"at\":1}\n{\"at\":1", 2, "the line is not JSON")]
    [InlineData("a.ndjson", "{\"at\":1} x", 1, "the line is not JSON")]
    [InlineData("a.ndjson", "{\"type\":\"like\"}", 1, "'at' is missing")]
    [InlineData("a.ndjson", "{\"at\":1,\"at\":2}", 1, "'at' stands there twice")]
    [InlineData("a.ndjson", "{\"at\":\"yesterday\"}", 1, "'at' is neither")]
    [InlineData("a.ndjson", "{\"at\":\"10:30\"}", 1, "'at' is neither a time like 2026-01-31T12:00:00Z nor whole seconds")]
    [InlineData("a.ndjson", "{\"at\":1795176000000}", 1, "'at' is in milliseconds since 1970")]
    [InlineData("a.ndjson", "{\"at\":1.23457E+18}", 1, "'at' is '1.23457E+18': a spreadsheet has shortened a long number")]
    [InlineData("a.ndjson", "{\"at\":\"1969-12-31T23:59:59Z\"}", 1, "'at' is neither")]
    [InlineData("a.ndjson", "{\"at\":\"\\ud800\"}", 1, "'at' is neither")]
    [InlineData("a.ndjson", "{\"at\":{\"at\":1}}", 1, "'at' is neither")]
    [InlineData("a.csv", "type,actor,at\n", 1, "the header has no column 'target'; it has type, actor, at.")]
    [InlineData("a.csv", "kind;who;when\n", 1, "the header has no column 'type', 'actor', 'target', 'at'; it has kind, who, when.")]
    [InlineData("a.csv", "type,actor,target,at,Actor\n", 1, "the column 'actor' stands in the header twice")]
    [InlineData("a.csv", "type,actor,target,at\nlike,x:1.23457E+18,x:b,1\n", 2, "'actor' is 'x:1.23457E+18': a spreadsheet has")]
    [InlineData("a.csv", "type;actor;target;at;id\nlike;x:a;x:b;1;1,23457E+18\n", 2, "'id' is '1,23457E+18': a spreadsheet has")]
    [InlineData("a.csv", "type,actor,target,at\nlike,x:a,x:b,1\n\nlike,x:a,x:b\n", 4, "4 columns as in the header, not 3")]
    [InlineData("a.csv", "type,actor,target,at\nlike,x:a,x:b,soon\n", 2, "'at' is neither")]
    [InlineData("a.csv", "type,actor,target,at\nlike,x:a,x:b,31.12.2026\n", 2, "'at' is neither")]
    [InlineData("a.csv", "type,actor,target,at\nlike,x:a,x:b,May 5\n", 2, "'at' is neither")]
    [InlineData("a.csv", "type,actor,target,at\nlike,x:a,x:b,1795176000000\n", 2, "'at' is in milliseconds since 1970, and")]
    [InlineData("a.txt", "1 2 1341100972000 RT", 1, "the moment '1341100972000' is in milliseconds since 1970")]
    [InlineData("a.json", "[{\"at\":1},\n{\"at\":2},\n {}]", 3, "'at' is missing")]
    [InlineData("a.json", "[{\"at\":1},\n{\"at\":2", 2, "the file is not JSON from here on, or breaks off here")]
    [InlineData("a.json", "[{\"at\":1}] x", 1, "the file is not JSON from here on, or breaks off here")]
    [InlineData("a.json", "[1]", 1, "the line is not a JSON object")]
    [InlineData("a.csv", "type,actor,target,at\n,x:a,x:b,1\n", 2, "'type' is empty")]
    [InlineData("a.csv", "type,actor,target,at\nlike,x:a,x:b,1\nlike,\"x:a,x:b,1\nlike,x:a,x:b,1\n", 3, "a quotation mark is out of place")]
    public void A_bad_line_is_named_by_file_line_and_rule(string name, string content, int line, string rule)
    {
        var error = Assert.Throws<BadLineException>(() => Read(name, content));
        Assert.StartsWith($"{name}, line {line}: {rule}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.txt", "1 2 3 ")]
    [InlineData("a.ndjson", "{\"at\":1,\"x\":\"")]
    [InlineData("a.csv", "type,actor,target,at\nlike,x:")]
    public void Broken_utf8_is_a_bad_line(string name, string beginning)
    {
        var error = Assert.Throws<BadLineException>(() => Read(name, [.. Encoding.UTF8.GetBytes(beginning), 0xff, 0xfe]));
        Assert.Contains("the line is not UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_longer_than_the_buffer_are_read_whole()
    {
        var item = $$"""{"x":"{{new string('y', 300_000)}}","at":1}""";
        Assert.Equal([item, item], Read("a.ndjson", $"{item}\n{item}").Lines);
        var error = Assert.Throws<BadLineException>(() => Read("a.ndjson", "{}\n" + new string(' ', 2_000_000)));
        Assert.Contains("line 1", error.Message, StringComparison.Ordinal);
        Assert.Throws<BadLineException>(() => Read("b.ndjson", new string('x', 2_000_000)));
    }

    [Fact]
    public void A_damaged_or_absent_file_is_named()
    {
        Assert.Throws<ReplayFailedException>(() => new FactFile(Path.Combine(run.Path, "none"), FileFormat.Auto, ReadRules.Usual));
        Assert.Contains(
            "packed",
            Assert.Throws<ReplayFailedException>(() => Read("packed", [0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])).Message,
            StringComparison.Ordinal
        );
    }

    private (string[] Lines, ReadTally Tally) Read(string name, string content) => Read(name, Encoding.UTF8.GetBytes(content));

    private (string[] Lines, ReadTally Tally) Read(string name, byte[] content)
    {
        var tally = new ReadTally();
        return ([.. Source(name, content).Read(tally).Select(f => Text(f, 0))], tally);
    }

    private List<FactLine> ReadFacts(string name, string content) =>
        [.. Source(name, Encoding.UTF8.GetBytes(content)).Read(new ReadTally())];

    private FactFile Source(string name, byte[] content)
    {
        var path = Path.Combine(run.Path, name);
        File.WriteAllBytes(path, content);
        return new FactFile(path, FileFormat.Auto, ReadRules.Usual);
    }

    private static string Text(FactLine fact, long shift)
    {
        var buffer = new ArrayBufferWriter<byte>();
        fact.WriteTo(buffer, shift);
        Assert.InRange(buffer.WrittenCount, 1, fact.MaxLength);
        return Encoding.UTF8.GetString(buffer.WrittenSpan).TrimEnd('\n');
    }
}
