namespace Influence.Connectors.Tests.Payload;

public sealed class SourceTimestampTests
{
    [Theory]
    [InlineData("2026-11-20T12:00:00Z", 1795176000L)]
    [InlineData("2026-11-20T12:00:00.871Z", 1795176000L)]
    [InlineData("2026-11-20T14:00:00+02:00", 1795176000L)]
    [InlineData("2026-11-20T14:00:00+0200", 1795176000L)]
    [InlineData("Fri Nov 20 12:00:00 +0000 2026", 1795176000L)]
    [InlineData("1795176000", 1795176000L)]
    [InlineData("1795176000123", 1795176000L)]
    [InlineData("1795176000123456", 1795176000L)]
    [InlineData("1795176000.000100", 1795176000L)]
    [InlineData("0", 0L)]
    [InlineData("2026-11-20T12:00:00", 1795176000L)]
    [InlineData("2026-11-20 12:00:00", 1795176000L)]
    [InlineData("Fri Nov 20 14:00:00 +0200 2026", 1795176000L)]
    [InlineData("10:30", null)]
    [InlineData("May 5", null)]
    [InlineData("Nov 20 12:00:00 2026", null)]
    [InlineData("11/20/2026", null)]
    [InlineData("20 Nov 2026 12:00:00 GMT", null)]
    [InlineData("", null)]
    [InlineData("-5", null)]
    [InlineData("yesterday", null)]
    [InlineData("2026-13-40T00:00:00Z", null)]
    [InlineData("0001-01-01T00:00:00Z", null)]
    [InlineData("9999-12-31T23:59:59Z", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("NaN", null)]
    public void A_moment_is_read_however_it_is_written(string text, long? seconds) => Assert.Equal(seconds, SourceTimestamps.Read(text));

    [StrangeZoneFact]
    public void The_zone_of_the_machine_is_never_asked() =>
        StrangeZone.Run(() =>
        {
            foreach (var text in new[] { "2026-11-20T12:00:00", "2026-11-20 12:00:00", "Fri Nov 20 14:00:00 +0200 2026" })
                A_moment_is_read_however_it_is_written(text, 1795176000);
            foreach (var sample in Sample.All())
                new SampleTests().A_sample_means_what_is_expected(sample.Source, sample.Name);
        });
}
