using System.Text;

namespace Influence.Pipeline.Tests.Ingest;

/// <summary>Bodies in every format, split and read without storage.</summary>
public sealed class FactBodyTests
{
    private const string Like = """{"type":"like","actor":"net:a","target":"net:t","at":1795172400}""";
    private const string Undated = """{"type":"like","actor":"net:a","target":"net:t"}""";
    private const string Attributes = "\"specversion\":\"1.0\",\"type\":\"social\",\"source\":\"/feed\",\"id\":\"1\"";

    [Theory]
    [InlineData(FactBodyFormat.Json, "", "The body is not JSON (line 1, byte 1).")]
    [InlineData(FactBodyFormat.Json, "{", "The body is not JSON (line 1, byte 2).")]
    [InlineData(FactBodyFormat.Json, "[NaN]", "The body is not JSON (line 1, byte 2).")]
    [InlineData(FactBodyFormat.Json, "\"text\"", "'interactions' is not an array.")]
    [InlineData(FactBodyFormat.Json, "{\"metrics\":[]}", "'interactions' is required: the array of items, or a bare array instead.")]
    [InlineData(FactBodyFormat.Json, "{\"interactions\":{}}", "'interactions' is not an array.")]
    [InlineData(FactBodyFormat.Json, "{\"interactions\":[],\"interactions\":[]}", "'interactions' stands there twice.")]
    [InlineData(FactBodyFormat.Ndjson, "{}\n{", "Line 2 is not JSON (line 1, byte 2).")]
    [InlineData(FactBodyFormat.CloudEvent, "[]", "'event' is not a JSON object: an event of CloudEvents 1.0 is one.")]
    [InlineData(FactBodyFormat.CloudEventBatch, "{}", "The body is not an array of events.")]
    [InlineData(FactBodyFormat.CloudEventBinary, "7", "'data' is not a JSON object: in an event of CloudEvents 1.0 it is the item.")]
    public void A_body_that_is_not_in_its_format_says_where(FactBodyFormat format, string body, string sentence) =>
        Assert.Equal(
            sentence,
            Assert.Throws<BodyFormatException>(() => Read(format, body, new CloudEventAttributes("1.0", "1", "/feed", "t", null))).Message
        );

    [Theory]
    [InlineData("{}", "'specversion' is not 1.0: no other version of CloudEvents is taken.")]
    [InlineData("""{"specversion":"0.3","id":"1"}""", "'specversion' is not 1.0: no other version of CloudEvents is taken.")]
    [InlineData("""{"specversion":1}""", "'specversion' is not a string: attributes of CloudEvents 1.0 are.")]
    [InlineData("""{"specversion":"1.0","type":"t","source":"/s"}""", "'id' is required in an event of CloudEvents 1.0.")]
    [InlineData("""{"specversion":"1.0","type":"t","id":"1"}""", "'source' is required in an event of CloudEvents 1.0.")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s"}""", "'type' is required in an event of CloudEvents 1.0.")]
    [InlineData("""{"specversion":"1.0","id":"","source":"/s","type":"t"}""", "'id' is required in an event of CloudEvents 1.0.")]
    [InlineData("{" + Attributes + ",\"id\":\"2\"}", "'id' stands there twice.")]
    [InlineData("{" + Attributes + "}", "'data' is not a JSON object: in an event of CloudEvents 1.0 it is the item.")]
    [InlineData("{" + Attributes + ",\"data\":\"text\"}", "'data' is not a JSON object: in an event of CloudEvents 1.0 it is the item.")]
    [InlineData(
        "{" + Attributes + ",\"data_base64\":\"e30=!\"}",
        "'data_base64' is not JSON in base64: in an event of CloudEvents 1.0 it is the item."
    )]
    [InlineData(
        "{" + Attributes + ",\"data_base64\":\"ew==\"}",
        "'data_base64' is not JSON in base64: in an event of CloudEvents 1.0 it is the item."
    )]
    [InlineData(
        "{" + Attributes + ",\"data_base64\":\"Nw==\"}",
        "'data' is not a JSON object: in an event of CloudEvents 1.0 it is the item."
    )]
    public void An_event_that_is_none_is_a_bad_body_and_within_a_batch_one_bad_item(string body, string sentence)
    {
        Assert.Equal(sentence, Assert.Throws<BodyFormatException>(() => Read(FactBodyFormat.CloudEvent, body)).Message);
        var batch = Read(FactBodyFormat.CloudEventBatch, $"[{Event()},{body}]");
        Assert.Equal([null, sentence], batch.Select(r => r.Refusal?.Message));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("10:30")]
    [InlineData("May 5")]
    [InlineData("1795172400")]
    [InlineData("")]
    public void A_time_of_an_event_that_is_none_is_refused_in_either_mode(string time)
    {
        const string sentence = "'time' is not a time like 2026-01-31T12:00:00Z, as an event of CloudEvents 1.0 gives it.";
        var attributes = new CloudEventAttributes("1.0", "1", "/feed", "t", time);
        Assert.Equal(sentence, Assert.Throws<BodyFormatException>(() => Read(FactBodyFormat.CloudEventBinary, Like, attributes)).Message);
        Assert.Equal(sentence, Assert.Throws<BodyFormatException>(() => Read(FactBodyFormat.CloudEvent, Event(time: time))).Message);
    }

    [Theory]
    [InlineData("2026-11-20T11:00:00Z")]
    [InlineData("2026-11-20T11:00:00")]
    [InlineData("2026-11-20T13:00:00+02:00")]
    [InlineData("2026-11-20t11:00:00.25z")]
    public void A_time_of_an_event_stands_in_for_a_missing_moment_and_is_UTC_without_an_offset(string time)
    {
        foreach (var read in InBothModes(time))
            Assert.Equal((1_795_172_400, "/feed 1"), (read.Fact!.At, read.Id));
    }

    [Fact]
    public void The_data_of_an_event_may_come_in_base64()
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(Like));
        Assert.Equal(
            Read(FactBodyFormat.CloudEvent, Event()).Single().Fact,
            Read(FactBodyFormat.CloudEvent, $$"""{{{Attributes}},"data_base64":"{{encoded}}"}""").Single().Fact
        );
    }

    [StrangeZoneFact]
    public void The_zone_of_the_machine_is_never_asked() =>
        StrangeZone.Run(() =>
        {
            A_time_of_an_event_stands_in_for_a_missing_moment_and_is_UTC_without_an_offset("2026-11-20T11:00:00");
            A_time_of_an_event_stands_in_for_a_missing_moment_and_is_UTC_without_an_offset("2026-11-20T13:00:00+02:00");
        });

    [Fact]
    public void An_item_of_an_event_is_read_like_any_other()
    {
        const string twice = """{"type":"like","type":"like","actor":"net:a","target":"net:t","at":5}""";
        foreach (
            var read in new[]
            {
                Read(FactBodyFormat.CloudEvent, Event(twice)).Single(),
                Read(FactBodyFormat.CloudEventBatch, $"[{Event(twice)}]").Single(),
                Read(FactBodyFormat.Ndjson, twice).Single(),
                Read(FactBodyFormat.Json, $"[{twice}]").Single(),
            }
        )
            Assert.Equal("'type' stands there twice.", read.Refusal?.Message);
    }

    [Theory]
    [InlineData("https://shop.example", "7", "https://shop.example 7")]
    [InlineData("https://SHOP.example/a%20b", "7", "https://SHOP.example/a%20b 7")]
    [InlineData("/feed", "é 1", "/feed é 1")]
    public void An_event_is_named_by_its_source_and_id_as_they_were_sent(string source, string id, string name) =>
        Assert.Equal(name, Read(FactBodyFormat.CloudEventBinary, Like, new CloudEventAttributes("1.0", id, source, "t", null)).Single().Id);

    [Fact]
    public void A_name_too_long_for_an_id_is_hashed()
    {
        ReadFact Named(int length) =>
            Read(FactBodyFormat.CloudEventBinary, Like, new CloudEventAttributes("1.0", new string('x', length), "/s", "t", null)).Single();
        Assert.Equal(256, Named(253).Id!.Length);
        Assert.Equal(32, Named(254).Id!.Length);
        Assert.NotEqual(Named(254).Id, Named(255).Id);
    }

    [Theory]
    [InlineData(FactBodyFormat.Json, "\uFEFF[" + Like + "]")]
    [InlineData(FactBodyFormat.Ndjson, "\uFEFF" + Like + "\r\n\n  \n")]
    [InlineData(FactBodyFormat.CloudEvent, "\uFEFF{" + Attributes + ",\"data\":" + Like + "}")]
    public void A_byte_order_mark_and_blank_lines_are_passed_over(FactBodyFormat format, string body) =>
        Assert.Equal(1_795_172_400, Read(format, body).Single().Fact!.At);

    private static IEnumerable<ReadFact> InBothModes(string time) =>
        Read(FactBodyFormat.CloudEvent, Event(Undated, time))
            .Concat(Read(FactBodyFormat.CloudEventBinary, Undated, new CloudEventAttributes("1.0", "1", "/feed", "t", time)));

    private static string Event(string data = Like, string time = "2026-11-20T11:00:00Z") =>
        $$"""{{{Attributes}},"time":"{{time}}","data":{{data}}}""";

    private static ReadFact[] Read(FactBodyFormat format, string body, CloudEventAttributes? attributes = null) =>
        [
            .. new FactBody(format, Encoding.UTF8.GetBytes(body), attributes)
                .Items(FactKind.Interactions)
                .All.Select(item => item.Read(FactKind.Interactions)),
        ];
}
