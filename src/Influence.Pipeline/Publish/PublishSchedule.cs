using Microsoft.Extensions.Configuration;
using NCrontab;

namespace Influence.Pipeline.Publish;

/// <summary>The schedule of the daily publication: setting <c>PublishSchedule</c>, six fields (NCRONTAB), UTC.</summary>
public sealed class PublishSchedule
{
    /// <summary>The setting's name.</summary>
    public const string Setting = "PublishSchedule";

    /// <summary>Ten minutes past midnight.</summary>
    public const string Default = "0 10 0 * * *";

    // Timers fire early by as much as clocks differ: some seconds.
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    // From the nearest: a schedule may name every second, or one day of a leap year.
    private static readonly TimeSpan[] Spans = [.. new[] { 0.05, 1, 32, 366, 8 * 366 }.Select(TimeSpan.FromDays)];
    private readonly CrontabSchedule? schedule;

    /// <summary>Reads the setting. One that is no schedule stops the host before any timer fires.</summary>
    public PublishSchedule(IConfiguration configuration) =>
        schedule = CrontabSchedule.TryParse(
            configuration[Setting] ?? Default,
            new CrontabSchedule.ParseOptions { IncludingSeconds = true }
        );

    /// <summary>
    /// The moment that the schedule means when a timer fires. It is the last one it names, or one less than a minute ahead.
    /// </summary>
    public DateTimeOffset OccurrenceAt(DateTimeOffset fired)
    {
        var now = fired.UtcDateTime;
        if (schedule is null)
            return fired;
        var next = schedule.GetNextOccurrence(now);
        var last = Spans.Select(span => LastBetween(now - span, now)).FirstOrDefault(l => l is not null);
        var isEarly = next - now <= Early && (last is null || next - now < now - last);
        return new DateTimeOffset(isEarly ? next : last ?? now, TimeSpan.Zero);
    }

    private DateTime? LastBetween(DateTime from, DateTime to)
    {
        DateTime? last = null;
        foreach (var occurrence in schedule!.GetNextOccurrences(from, to.AddTicks(1)))
            last = occurrence;
        return last;
    }
}
