using Azure.Core;
using Azure.Storage.Queues;
using Microsoft.Extensions.Time.Testing;

namespace Influence.LocalHost.Tests.Queues;

/// <summary>A queue listener goes on after every odd answer, and no message is lost.</summary>
public sealed class OddAnswerTests
{
    // Azurite's clock is the real one: what is not settled comes back after this.
    private static readonly TimeSpan ShortLock = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongLock = TimeSpan.FromMinutes(10);

    private readonly string name = TestStorage.NewName();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly TaskCompletionSource over = new();
    private readonly Calls calls = new();
    private int maxDequeueCount = 100;

    [Fact]
    public async Task To_a_receive()
    {
        await RunAsync(new OddTransport(r => r.Method == RequestMethod.Get, OddAnswer.All), LongLock);
        Assert.Equal(["message", "next"], calls.All);
    }

    [Fact]
    public async Task To_a_delete()
    {
        await RunAsync(new OddTransport(r => r.Method == RequestMethod.Delete, OddAnswer.Few), ShortLock);
        Assert.Equal(OddAnswer.Few.Count + 2, calls.All.Count);
    }

    [Fact]
    public async Task To_a_release_after_a_failure()
    {
        var transport = new OddTransport(r => r.Method == RequestMethod.Put, OddAnswer.Few);
        await RunAsync(
            transport,
            ShortLock,
            () => transport.Left > 0 ? throw new InvalidOperationException("As the test wants.") : Task.CompletedTask
        );
        Assert.Equal(OddAnswer.Few.Count + 2, calls.All.Count);
    }

    [Fact]
    public async Task To_a_renewal_of_the_lock()
    {
        await RunAsync(new OddTransport(r => r.Method == RequestMethod.Put, OddAnswer.All), LongLock, () => over.Task);
        Assert.Equal(["message", "next"], calls.All);
    }

    [Fact]
    public async Task To_the_copy_into_the_poison_queue()
    {
        maxDequeueCount = 1;
        await RunAsync(
            new OddTransport(r => r.Method == RequestMethod.Post, OddAnswer.Few),
            ShortLock,
            () => throw new InvalidOperationException("As the test wants.")
        );
        var poison = await (await TestStorage.QueueAsync($"{name}-poison")).PeekMessagesAsync(32);
        Assert.Equal("message", Assert.Single(poison.Value).MessageText);
    }

    // First the odd answers are given, then the message is settled; another shows that the listener still listens.
    private async Task RunAsync(OddTransport transport, TimeSpan queueLock, Func<Task>? work = null)
    {
        var queue = await TestStorage.NewQueueAsync(name);
        await queue.SendMessageAsync("message");
        var turns = new LoopTurns(clock);
        using var stop = new CancellationTokenSource();
        var listener = Listener(await TestStorage.ConnectionStringAsync(), transport, queueLock, turns, work ?? (() => Task.CompletedTask));
        var running = listener.RunAsync(stop.Token, stop.Token);
        await TurnUntilAsync("all odd answers are given", () => Task.FromResult(transport.Left == 0), turns);
        over.SetResult();
        await TurnUntilAsync("the message is settled", async () => await TestStorage.CountAsync(queue) == 0, turns);
        await queue.SendMessageAsync("next", stop.Token);
        await TurnUntilAsync("the next message is processed", () => Task.FromResult(calls.All.Contains("next")), turns);
        await TurnUntilAsync("the next message is settled", async () => await TestStorage.CountAsync(queue) == 0, turns);
        await stop.CancelAsync();
        await Eventually.EndsAsync(running, "the listener");
        Assert.Equal(0, turns.All[$"listener of queue {name}"].Failures);
    }

    private QueueListener Listener(string storage, OddTransport transport, TimeSpan queueLock, LoopTurns turns, Func<Task> work)
    {
        var invoker = Functions.Invoker(
            (input, _) =>
            {
                calls.Add(input.Trigger.String);
                return input.Trigger.String == "next" ? Task.CompletedTask : work();
            }
        );
        var knobs = new HostJsonQueues { MessageEncoding = "none", MaxDequeueCount = maxDequeueCount };
        var options = new QueueClientOptions { Transport = transport, MessageEncoding = QueueMessageEncoding.None };
        options.Retry.MaxRetries = 0;
        var queue = new QueueClient(storage, name, options);
        var poison = new QueueClient(storage, $"{name}-poison", options);
        var loops = new LoopFactory(turns, clock, new Random(1));
        var runtime = new LocalHostOptions { QueueLock = queueLock };
        var log = new LogLines();
        var messages = new QueueMessages(Functions.OfQueue("Scripted", name), queue, poison, invoker, knobs, runtime, loops, log);
        return new QueueListener(queue, messages, invoker, knobs, runtime, loops, log);
    }

    private Task TurnUntilAsync(string what, Func<Task<bool>> holds, LoopTurns turns) =>
        Eventually.HoldsAsync(
            what,
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(10));
                return holds();
            },
            state: () => string.Join(", ", turns.All)
        );
}
