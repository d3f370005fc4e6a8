using Azure.Storage.Queues.Models;

namespace Influence.Simulation.Kernel;

/// <summary>
/// One run of a function on a host. It is a flow of control that goes on whenever one of its storage calls is let through.
/// </summary>
internal sealed class Flow(SimulatedHost host, string name)
{
    private static readonly AsyncLocal<Flow?> Running = new();

    /// <summary>The flow that the caller's code belongs to.</summary>
    public static Flow? Current => Running.Value;

    public SimulatedHost Host => host;

    public string Name => name;

    /// <summary>The message it was started for; null for a timer's or a caller's.</summary>
    public QueueMessage? Message { get; init; }

    /// <summary>The queue its message came from.</summary>
    public string Queue { get; init; } = "";

    /// <summary>The latest receipt of its message: the host renews it while the function runs.</summary>
    public string Receipt { get; set; } = "";

    /// <summary>What is done when it has ended; given its failure, null for none.</summary>
    public required Action<Exception?> Ended { get; init; }

    /// <summary>The storage call, counted from 1, at which it is held up, as by a slow network; 0 for none.</summary>
    public int SlowAt { get; init; }

    /// <summary>The storage call, counted from 1, at which its host dies; 0 for none.</summary>
    public int CrashAt { get; init; }

    /// <summary>Storage calls made so far.</summary>
    public int Calls { get; set; }

    /// <summary>The step of the schedule until which it is held up.</summary>
    public int HeldUntil { get; set; }

    public Task Task { get; private set; } = Task.CompletedTask;

    public void Start(StepScheduler scheduler, Func<Task> work)
    {
        var before = Running.Value;
        Running.Value = this;
        Task = scheduler.Start(work);
        Running.Value = before;
    }

    public override string ToString() => $"{host.Name} {name}";
}
