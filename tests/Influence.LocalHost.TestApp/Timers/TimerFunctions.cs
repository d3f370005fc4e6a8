using System.Globalization;
using Microsoft.Azure.Functions.Worker;

namespace Influence.LocalHost.TestApp.Timers;

/// <summary>Notes what a timer function is told.</summary>
public sealed class TimerFunctions(Calls calls)
{
    [Function("Tick")]
    public void Tick([TimerTrigger("%TestSchedule%")] TimerInfo timer)
    {
        var last = timer.ScheduleStatus is { } status ? status.Last.ToString("u", CultureInfo.InvariantCulture) : "never";
        calls.Add($"{Environment.GetEnvironmentVariable("HostName")} past due: {timer.IsPastDue}, last: {last}");
    }
}
