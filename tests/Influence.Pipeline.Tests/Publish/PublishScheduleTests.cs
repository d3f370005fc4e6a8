using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Influence.Pipeline.Tests.Publish;

public sealed class PublishScheduleTests
{
    [Theory]
    [InlineData("0 10 0 * * *", "2026-11-21T00:10:00.040Z", "2026-11-21T00:10:00Z")]
    // Some seconds early, and hours late.
    [InlineData("0 10 0 * * *", "2026-11-21T00:09:58Z", "2026-11-21T00:10:00Z")]
    [InlineData("0 10 0 * * *", "2026-11-21T09:00:00Z", "2026-11-21T00:10:00Z")]
    [InlineData("0 10 0 * * *", "2026-11-21T23:59:00Z", "2026-11-21T00:10:00Z")]
    [InlineData("0 0 0 * * *", "2026-11-20T23:59:58Z", "2026-11-21T00:00:00Z")]
    [InlineData("0 0 0 * * *", "2026-11-21T00:00:00Z", "2026-11-21T00:00:00Z")]
    [InlineData("0 0 0 * * *", "2026-11-20T23:58:59Z", "2026-11-20T00:00:00Z")]
    // The year's end, a leap day, a week.
    [InlineData("0 0 0 * * *", "2026-12-31T23:59:59.9Z", "2027-01-01T00:00:00Z")]
    [InlineData("30 59 23 31 12 *", "2027-01-01T05:00:00Z", "2026-12-31T23:59:30Z")]
    [InlineData("0 0 0 29 2 *", "2027-01-01T05:00:00Z", "2024-02-29T00:00:00Z")]
    [InlineData("0 0 6 * * 1", "2026-11-22T06:00:00Z", "2026-11-16T06:00:00Z")]
    [InlineData("* * * * * *", "2026-11-22T06:00:00.5Z", "2026-11-22T06:00:00Z")]
    public void The_moment_that_is_meant(string schedule, string fired, string meant) =>
        Assert.Equal(At(meant), Of(schedule).OccurrenceAt(At(fired)));

    [Fact]
    public void Without_the_setting_it_is_ten_past_midnight() =>
        Assert.Equal(At("2026-11-21T00:10:00Z"), Of(null).OccurrenceAt(At("2026-11-21T12:00:00Z")));

    private static PublishSchedule Of(string? schedule) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(PublishSchedule.Setting, schedule)]).Build());

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.FFFK", CultureInfo.InvariantCulture);
}
