using System.Text.Json;

namespace Influence.Scoring.Tests.Facts.Json;

public sealed class TimestampTests
{
    private const long Noon = 1_795_176_000;

    [Theory]
    [InlineData("2026-11-20T12:00:00Z", Noon)]
    [InlineData("2026-11-20T12:00:00", Noon)]
    [InlineData("2026-11-20t12:00:00z", Noon)]
    [InlineData("2026-11-20 12:00:00", Noon)]
    [InlineData("2026-11-20T12:00", Noon)]
    [InlineData("2026-11-20T12:00Z", Noon)]
    [InlineData("2026-11-20", Noon - 43_200)]
    [InlineData("2026-11-20T12:00:00.999999999999Z", Noon)]
    [InlineData("2026-11-20T13:30:00+01:30", Noon)]
    [InlineData("2026-11-20T13:30:00+0130", Noon)]
    [InlineData("2026-11-20T13:00:00+01", Noon)]
    [InlineData("2026-11-20T02:15:00-09:45", Noon)]
    [InlineData("2026-11-21T02:00:00+14:00", Noon)]
    [InlineData("2024-02-29T00:00:00Z", 1_709_164_800)]
    [InlineData("1969-12-31T23:59:59.5Z", -1)]
    [InlineData("0001-01-01T00:00:00Z", -62_135_596_800)]
    [InlineData("9999-12-31T23:59:59Z", 253_402_300_799)]
    public void A_time_in_ISO_8601_is_read(string text, long seconds)
    {
        Assert.True(Timestamp.TryParse(text, out var read));
        Assert.Equal(seconds, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10:30")]
    [InlineData("May 5")]
    [InlineData("5 May 2026")]
    [InlineData("20/11/2026")]
    [InlineData("11/20/2026 12:00:00")]
    [InlineData("1795176000")]
    [InlineData("26-11-20T12:00:00Z")]
    [InlineData("2026-1-2T12:00:00Z")]
    [InlineData("2026-11-20T")]
    [InlineData("2026-11-20T12")]
    [InlineData("2026-11-20T12:0")]
    [InlineData("2026-11-20T12:00:")]
    [InlineData("2026-11-20T12:00:00.")]
    [InlineData("2026-11-20T12:00:00,5Z")]
    [InlineData("2026-11-20T12:00:00 Z")]
    [InlineData("2026-11-20T12:00:00Zulu")]
    [InlineData("2026-11-20T12:00:00+")]
    [InlineData("2026-11-20T12:00:00+1")]
    [InlineData("2026-11-20T12:00:00+01:")]
    [InlineData("2026-11-20T12:00:00+01:60")]
    [InlineData("2026-11-20T12:00:00+14:01")]
    [InlineData("2026-11-20T12:00:00 GMT")]
    [InlineData("2026-11-20Z")]
    [InlineData(" 2026-11-20")]
    [InlineData("2026-00-20")]
    [InlineData("2026-13-20")]
    [InlineData("2026-11-00")]
    [InlineData("2026-02-29")]
    [InlineData("0000-01-01")]
    [InlineData("2026-11-20T24:00:00Z")]
    [InlineData("2026-11-20T12:60:00Z")]
    [InlineData("2026-11-20T12:00:60Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("２０２６-11-20T12:00:00Z")]
    public void Any_other_text_is_none(string text) => Assert.False(Timestamp.TryParse(text, out _));

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("1795176000", Noon)]
    [InlineData("4294967295", 4_294_967_295L)]
    [InlineData("\"2026-11-20T12:00:00Z\"", Noon)]
    [InlineData("4294967296", null)]
    [InlineData("1795176000000", null)]
    [InlineData("-1", null)]
    [InlineData("1795176000.5", null)]
    [InlineData("\"1795176000\"", null)]
    [InlineData("\"\\ud800\"", null)]
    [InlineData("null", null)]
    [InlineData("true", null)]
    [InlineData("[]", null)]
    public void In_JSON_it_is_seconds_or_such_a_time(string json, long? seconds) =>
        Assert.Equal(seconds, Timestamp.TryRead(JsonElement.Parse(json), out var read) ? read : null);

    [StrangeZoneFact]
    public void The_zone_of_the_machine_is_never_asked() =>
        StrangeZone.Run(() =>
        {
            A_time_in_ISO_8601_is_read("2026-11-20T12:00:00", Noon);
            A_time_in_ISO_8601_is_read("2026-11-20", Noon - 43_200);
            A_time_in_ISO_8601_is_read("2026-11-20T13:30:00+01:30", Noon);
        });
}
