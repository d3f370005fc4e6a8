namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer function is told about its run.</summary>
public class TimerInfo
{
    /// <summary>Whether the occurrence was missed and is made up for now, once, however many were missed.</summary>
    public bool IsPastDue { get; set; }
}
