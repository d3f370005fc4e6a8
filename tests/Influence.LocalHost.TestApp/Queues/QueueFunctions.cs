using Microsoft.Azure.Functions.Worker;

namespace Influence.LocalHost.TestApp.Queues;

/// <summary>Queue functions, each on the queue that the setting of its name says.</summary>
public sealed class QueueFunctions(Calls calls)
{
    private static int running;

    [Function("Note")]
    public void Note([QueueTrigger("%NoteQueue%")] string message, FunctionContext context) =>
        calls.Add($"{message} attempt {context.BindingContext.BindingData["DequeueCount"]}");

    /// <summary>Notes what the host offers beside the message.</summary>
    [Function("Told")]
    public void Told([QueueTrigger("%ToldQueue%")] string message, FunctionContext context)
    {
        var data = context.BindingContext.BindingData;
        string[] names = ["Id", "DequeueCount", "PopReceipt", "InsertionTime", "ExpirationTime", "NextVisibleTime", "Mine"];
        var isText = Equals(data["QueueTrigger"], message);
        calls.Add(string.Join('|', names.Select(n => $"{data.GetValueOrDefault(n)}").Prepend($"{isText}")));
    }

    [Function("FailOnBad")]
    public void FailOnBad([QueueTrigger("%FailOnBadQueue%")] string message, FunctionContext context)
    {
        calls.Add($"{message} attempt {context.BindingContext.BindingData["DequeueCount"]}");
        if (message.StartsWith("bad", StringComparison.Ordinal))
            throw new InvalidOperationException("As the test wants.");
    }

    [Function("Slow")]
    public async Task SlowAsync([QueueTrigger("%SlowQueue%")] string message, CancellationToken cancellationToken)
    {
        calls.Add($"begins {message}");
        await Task.Delay(1500, cancellationToken);
        calls.Add($"ends {message}");
    }

    [Function("Endless")]
    public Task EndlessAsync([QueueTrigger("%EndlessQueue%")] string message, CancellationToken stop)
    {
        calls.Add(message);
        return Task.Delay(Timeout.Infinite, stop);
    }

    /// <summary>Notes how many of its runs there are at the time.</summary>
    [Function("Counted")]
    public async Task CountedAsync([QueueTrigger("%CountedQueue%")] string message)
    {
        calls.Add($"counted {Interlocked.Increment(ref running)}");
        await Task.Delay(100 + message.Length, CancellationToken.None);
        Interlocked.Decrement(ref running);
    }

    /// <summary>Ends the whole process at a message's first attempt, if it says so.</summary>
    [Function("CrashOnce")]
    public void CrashOnce([QueueTrigger("%CrashOnceQueue%")] string message, FunctionContext context)
    {
        var attempt = $"{context.BindingContext.BindingData["DequeueCount"]}";
        calls.Add($"{message} attempt {attempt}");
        if (message == "crash" && attempt == "1")
            Environment.FailFast("As the test wants.");
    }
}
