using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace Influence.Replay.Tests.Readers;

/// <summary>Files as other programs write them.</summary>
public sealed class RealFileTests : IDisposable
{
    private const string Like = """{"type":"like","actor":"x:a","target":"x:b","at":1793491200}""";
    private readonly TestRun run = new();

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData("a.csv", "type,actor,target,at\nlike,x:a,x:b,1793491200\n")]
    [InlineData("a.csv", "type;actor;target;at\r\nlike;x:a;x:b;1793491200\r\n")]
    [InlineData("a.tsv", "type\tactor\ttarget\tat\nlike\tx:a\tx:b\t1793491200")]
    [InlineData("a.txt", "at\ttarget\tactor\ttype\n1793491200\tx:b\tx:a\tlike\n")]
    [InlineData("export", "Target; At ;TYPE;Actor\nx:b;1793491200;like;x:a\n")]
    [InlineData("a.csv", "sep=;\ntype;actor;target;at\nlike;x:a;x:b;1793491200\n")]
    [InlineData("a.csv", "\"type\",\"actor\",\"target\",\"at\"\n\"like\",\"x:a\",\"x:b\",\"1793491200\"\n")]
    [InlineData("a.csv", "type,note,actor,target,at\nlike,\"two\nlines, and \"\"more\"\"\",x:a,x:b,1793491200\n")]
    [InlineData("a.csv", "type;topics;actor;target;at\nlike;;x:a;x:b;1793491200\n")]
    [InlineData(
        "a.json",
        "[\n  {\n    \"type\": \"like\",\n    \"actor\": \"x:a\", \"target\": \"x:b\",\n    \"at\": 1793491200\n  }\n]\n"
    )]
    [InlineData("a.ndjson", "[" + Like + "]")]
    [InlineData("a.json", "{ \"interactions\": [ " + Like + " ] }")]
    [InlineData("a.json", Like + "\n")]
    public void The_same_interaction_in_every_form_is_the_same(string name, string content)
    {
        foreach (var bytes in Encodings(content))
        {
            Assert.Equal([Like], Read(name, bytes).Lines);
            Assert.Equal([Like], Read(name, Packed(bytes)).Lines);
        }
    }

    [Theory]
    [InlineData("2026-11-01 00:00:00")]
    [InlineData("2026-11-01 00:00:00 UTC")]
    [InlineData("2026-11-01 01:00:00 +0100")]
    [InlineData("2026-11-01 01:00:00+0100")]
    [InlineData("2026-11-01T01:00:00+01:00")]
    [InlineData("2026-10-31 19:00:00 -05")]
    [InlineData("2026-11-01")]
    [InlineData("1793491200")]
    public void A_moment_may_be_written_in_many_ways(string moment)
    {
        Assert.Equal([Like], Read("a.csv", $"type,actor,target,at\nlike,x:a,x:b,{moment}\n").Lines);
        var json = Like.Replace("1793491200", $"\"{moment}\"", StringComparison.Ordinal);
        Assert.Equal(1793491200, Facts("a.ndjson", json, ReadRules.Usual).Single().At);
        // What the API does not read itself is sent as seconds.
        Assert.Contains(Read("a.ndjson", json).Lines.Single(), new List<string> { json, Like });
    }

    [Fact]
    public void A_moment_that_the_API_would_not_read_is_sent_as_seconds() =>
        Assert.Equal([Like], Read("a.ndjson", Like.Replace("1793491200", "\"2026-11-01 01:00:00 +0100\"", StringComparison.Ordinal)).Lines);

    [Theory]
    [InlineData("a.csv", "type,actor,target,at\nlike,x:a,x:b,1793491200999\n")]
    [InlineData("a.ndjson", """{"type":"like","actor":"x:a","target":"x:b","at":1793491200999}""")]
    [InlineData("a.ndjson", """{"type":"like","actor":"x:a","target":"x:b","at":"1793491200999"}""")]
    public void Milliseconds_are_told_and_converted_when_asked_for(string name, string content)
    {
        Assert.Contains(
            "give --milliseconds",
            Assert.Throws<BadLineException>(() => Read(name, content)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal([Like], Read(name, Encoding.UTF8.GetBytes(content), ReadRules.Usual with { IsMilliseconds = true }).Lines);
    }

    [Theory]
    [InlineData("a.csv", "Kind,Who,Whom,When\nlike,x:a,x:b,1793491200\n")]
    [InlineData("a.ndjson", """{"kind":"like","who":"x:a","whom":"x:b","when":1793491200}""")]
    [InlineData("a.ndjson", """{"type":7,"kind":"like","who":"x:a","whom":"x:b","when":1793491200}""")]
    [InlineData("a.json", """[{"kind":"like","who":"x:a","whom":"x:b","when":"2026-11-01 00:00:00 UTC"}]""")]
    public void Columns_of_other_names_are_mapped(string name, string content)
    {
        var names = ColumnNames.Parse("type=kind, actor=who,target=Whom,at=when", out _)!;
        Assert.Equal([Like], Read(name, Encoding.UTF8.GetBytes(content), ReadRules.Usual with { Names = names }).Lines);
    }

    [Fact]
    public void A_column_that_is_mapped_must_be_there()
    {
        var rules = ReadRules.Usual with { Names = ColumnNames.Parse("community=forum,actor=who", out _)! };
        var error = Assert.Throws<BadLineException>(() =>
            Read("a.csv", Encoding.UTF8.GetBytes("type,actor,target,at\nlike,x:a,x:b,1\n"), rules)
        );
        Assert.Contains("the header has no column 'who', 'forum'; it has type, actor, target, at", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Further_columns_are_passed_over_and_named()
    {
        var (lines, tally) = Read("a.csv", "Text,type,actor,likes,target,at\n\"a, b\",like,x:a,7,x:b,1793491200\n");
        Assert.Equal([Like], lines);
        Assert.Equal(["text", "likes"], tally.IgnoredColumns);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(200)]
    public void A_gzip_file_that_is_cut_off_says_so(int cut)
    {
        var log = string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i * 7919 % 10007} {i + 20_000} {1341100972 + i} RT\n"));
        var packed = Packed(Encoding.UTF8.GetBytes(log));
        Assert.Equal(5000, Read("a.txt.gz", packed).Lines.Length);
        var error = Assert.Throws<ReplayFailedException>(() => Read("a.txt.gz", packed[..^cut]));
        Assert.Contains("is a gzip file that is cut off or damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_and_broken_utf_16_say_so()
    {
        var folder = Assert.Throws<ReplayFailedException>(() => new FactFile(run.Path, FileFormat.Auto, ReadRules.Usual));
        Assert.Contains("is a folder", folder.Message, StringComparison.Ordinal);
        byte[] half = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("type,actor,target,at\nlike,x:"), 0x00, 0xD8, 0x61, 0x00];
        Assert.Contains("UTF-16", Assert.Throws<ReplayFailedException>(() => Read("a.csv", half)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PK\u0003\u0004", "save the sheet as CSV")]
    [InlineData("BZh9", "pack it with gzip")]
    [InlineData("PAR1", "export it as CSV or NDJSON")]
    public void A_file_that_is_no_text_says_what_to_do(string beginning, string advice) =>
        Assert.Contains(
            advice,
            Assert.Throws<ReplayFailedException>(() => Read("a.csv", beginning + new string('x', 100))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Bad_lines_are_left_out_one_by_one_with_their_text()
    {
        const string csv =
            "type,actor,target,at\nlike,x:a,x:b,1793491200\nlike,\"x:a,x:b,1\nlike,x:a,x:b\nlike,x:a,x:b,soon\nlike,x:a,x:b,1793491200\n";
        var bad = new List<(int, string, string)>();
        var tally = new ReadTally(b => bad.Add((b.Number, b.Rule[..12], b.Line)));
        Assert.Equal(2, Source("a.csv", Encoding.UTF8.GetBytes(csv), ReadRules.Usual).Read(tally).Count());
        Assert.Equal(
            [(3, "a quotation ", "like,\"x:a,x:b,1"), (4, "4 columns as", "like,x:a,x:b"), (5, "'at' is neit", "like,x:a,x:b,soon")],
            bad
        );
        Assert.Equal(3, tally.BadLines);
    }

    [Fact]
    public void A_line_that_is_too_long_or_no_utf_8_is_left_out_alone()
    {
        var bad = new List<int>();
        byte[] log =
        [
            .. Encoding.UTF8.GetBytes($"{Like}\n{new string('x', 3_000_000)}\n{Like}\n"),
            0xff,
            (byte)'\n',
            .. Encoding.UTF8.GetBytes(Like),
        ];
        Assert.Equal(3, Source("a.ndjson", log, ReadRules.Usual).Read(new ReadTally(b => bad.Add(b.Number))).Count());
        Assert.Equal([2, 4], bad);
    }

    private static IEnumerable<byte[]> Encodings(string content)
    {
        yield return Encoding.UTF8.GetBytes(content);
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
            yield return [.. encoding.GetPreamble(), .. encoding.GetBytes(content)];
        yield return Encoding.Unicode.GetBytes(content);
        yield return Encoding.BigEndianUnicode.GetBytes(content);
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private (string[] Lines, ReadTally Tally) Read(string name, string content) => Read(name, Encoding.UTF8.GetBytes(content));

    private (string[] Lines, ReadTally Tally) Read(string name, byte[] content, ReadRules? rules = null)
    {
        var tally = new ReadTally();
        return ([.. Source(name, content, rules ?? ReadRules.Usual).Read(tally).Select(Text)], tally);
    }

    private List<FactLine> Facts(string name, string content, ReadRules rules) =>
        [.. Source(name, Encoding.UTF8.GetBytes(content), rules).Read(new ReadTally())];

    private FactFile Source(string name, byte[] content, ReadRules rules)
    {
        var path = Path.Combine(run.Path, name);
        File.WriteAllBytes(path, content);
        return new FactFile(path, FileFormat.Auto, rules);
    }

    private static string Text(FactLine fact)
    {
        var buffer = new ArrayBufferWriter<byte>();
        fact.WriteTo(buffer, 0);
        Assert.InRange(buffer.WrittenCount, 1, fact.MaxLength);
        return Encoding.UTF8.GetString(buffer.WrittenSpan).TrimEnd('\n');
    }
}
