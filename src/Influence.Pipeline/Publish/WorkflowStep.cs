using System.Diagnostics.CodeAnalysis;

namespace Influence.Pipeline.Publish;

/// <summary>One line of a workflow's table: a step, what it does, and which step comes next.</summary>
/// <param name="Name">The step's name, as stored and sent.</param>
/// <param name="IsOnce">Whether it is done once, rather than once for each range of keys.</param>
/// <param name="RunAsync">Does it for one range. The same call again must have the same effect (idempotent).</param>
/// <param name="Next">The step after it, once all ranges are done; null after the last.</param>
[SuppressMessage("Naming", "CA1716", Justification = "Step is the field's word.")]
internal sealed record WorkflowStep(
    string Name,
    bool IsOnce,
    Func<WorkflowRun, int, CancellationToken, Task<StepResult>> RunAsync,
    Func<WorkflowRun, double, NextStep?> Next
)
{
    /// <summary>Whether the run forgets what it was started with when this last step is done.</summary>
    public bool ForgetsInput { get; init; }
}

/// <summary>Which step comes next.</summary>
/// <param name="Name">The step.</param>
/// <param name="Round">Its round.</param>
/// <param name="Delay">How long its messages stay invisible.</param>
/// <param name="Value">A figure to keep with the run; null keeps the one it has.</param>
internal sealed record NextStep(string Name, int Round = 0, TimeSpan Delay = default, double? Value = null);

/// <summary>What a step came to for one range.</summary>
/// <param name="Value">A number for the decision what comes next, which is given the largest of all ranges.</param>
/// <param name="Output">What the run came to; read after the last step.</param>
/// <param name="State">The state that the run ends in; read after the last step.</param>
internal sealed record StepResult(double Value = 0, string? Output = null, WorkflowState State = WorkflowState.Completed)
{
    public static StepResult Done { get; } = new();
}
