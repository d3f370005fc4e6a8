using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function on a schedule.</summary>
/// <param name="schedule">NCRONTAB with six fields, UTC; <c>%Name%</c> stands for a setting.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    /// <summary>The schedule.</summary>
    public string Schedule { get; } = schedule;
}
