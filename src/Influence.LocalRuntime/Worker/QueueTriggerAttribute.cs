using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function on a queue message.</summary>
/// <param name="queueName">The queue; <c>%Name%</c> stands for a setting.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class QueueTriggerAttribute(string queueName) : TriggerBindingAttribute
{
    /// <summary>The queue.</summary>
    public string QueueName { get; } = queueName;
}
