namespace Influence.LocalHost.Invocation;

/// <summary>One run of a function in the worker.</summary>
internal sealed class RunningInvocation(WorkerChannel channel, string id, FunctionEntry function, long began)
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration registration;

    public string Id => id;

    public FunctionEntry Function => function;

    /// <summary>The clock's timestamp of its begin.</summary>
    public long Began => began;

    /// <summary>Whether it was told to end.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Whether it was told to end because it ran too long.</summary>
    public bool HasTimedOut { get; private set; }

    /// <summary>Its end.</summary>
    /// <exception cref="FunctionFailedException">The function failed.</exception>
    /// <exception cref="WorkerGoneException">The worker ended first.</exception>
    public Task Ended => ended.Task;

    public void CancelBy(CancellationToken cancellationToken)
    {
        registration = cancellationToken.UnsafeRegister(static self => ((RunningInvocation)self!).Cancel(), this);
        // Its end may have come before the registration was known.
        if (ended.Task.IsCompleted)
            registration.Dispose();
    }

    public void TimeOut()
    {
        HasTimedOut = true;
        Cancel();
    }

    /// <summary>Asks the function to end.</summary>
    public void Cancel()
    {
        IsCancelled = true;
        channel.Send(new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = id } });
    }

    public void End(StatusResult? result)
    {
        registration.Dispose();
        if (result is { Status: StatusResult.Types.Status.Success })
            ended.TrySetResult();
        else
            Fail(FailureOf(result));
    }

    public void Fail(Exception exception)
    {
        registration.Dispose();
        ended.TrySetException(exception);
        // Nobody may wait for it any more.
        _ = ended.Task.Exception;
    }

    public static FunctionFailedException FailureOf(StatusResult? result) =>
        new(
            result?.Exception?.Type ?? "",
            result?.Exception?.Message ?? $"The worker answered {result?.Status}.",
            result?.Exception?.StackTrace ?? ""
        );
}
