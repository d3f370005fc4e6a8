using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;

namespace Influence.LocalHost.Worker;

/// <summary>The stream of messages with one worker: questions and their answers, invocations, logs.</summary>
internal sealed class WorkerChannel(string workerId, WorkerLogs logs, TimeProvider clock)
{
    private readonly Channel<StreamingMessage> outbound = Channel.CreateUnbounded<StreamingMessage>(
        new UnboundedChannelOptions { SingleReader = true }
    );

    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> questions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RunningInvocation> invocations = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isClosed;

    public string WorkerId => workerId;

    /// <summary>Ends when the worker has called.</summary>
    public Task Connected => connected.Task;

    /// <summary>Whether no more answers come: its stream has ended, and the process with it or soon.</summary>
    public bool IsClosed => isClosed;

    /// <summary>Those under way, with the moment they began.</summary>
    public IEnumerable<RunningInvocation> Running => invocations.Values;

    /// <summary>Serves the stream until the worker or the host ends it.</summary>
    public async Task RunAsync(
        IAsyncStreamReader<StreamingMessage> reader,
        IServerStreamWriter<StreamingMessage> writer,
        CancellationToken cancellationToken
    )
    {
        connected.TrySetResult();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = WriteAsync(writer, ended.Token);
        try
        {
            while (await reader.MoveNext(cancellationToken))
                Take(reader.Current);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or Grpc.Core.RpcException)
        {
            // The process is gone; who waits is told.
        }
        finally
        {
            Close();
            await ended.CancelAsync();
            await writing;
        }
    }

    /// <summary>No more answers come: who waits for one gets a <see cref="WorkerGoneException"/>.</summary>
    public void Close()
    {
        isClosed = true;
        outbound.Writer.TryComplete();
        foreach (var waiting in questions.Values)
            waiting.TrySetException(new WorkerGoneException());
        foreach (var id in invocations.Keys)
            if (invocations.TryRemove(id, out var running))
                running.Fail(new WorkerGoneException());
    }

    /// <summary>Sends a question and waits for its answer.</summary>
    /// <exception cref="WorkerGoneException">The worker is gone.</exception>
    public async Task<StreamingMessage> AskAsync(StreamingMessage question, CancellationToken cancellationToken)
    {
        question.RequestId = $"{Guid.CreateVersion7()}";
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        questions[question.RequestId] = answer;
        try
        {
            Send(question);
            if (isClosed)
                answer.TrySetException(new WorkerGoneException());
            return await answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            questions.TryRemove(question.RequestId, out _);
        }
    }

    /// <summary>Begins a run of a function; a cancelled token asks the function to end, and its answer still comes.</summary>
    public RunningInvocation Begin(FunctionEntry function, FunctionInput input, CancellationToken cancellationToken)
    {
        var request = new InvocationRequest
        {
            InvocationId = Guid.CreateVersion7().ToString(),
            FunctionId = function.Id,
            TraceContext = input.Trace,
        };
        request.InputData.Add(new ParameterBinding { Name = function.Trigger, Data = input.Trigger });
        foreach (var (name, value) in input.Metadata)
            request.TriggerMetadata[name] = value;
        var running = new RunningInvocation(this, request.InvocationId, function, clock.GetTimestamp());
        invocations[running.Id] = running;
        Send(new StreamingMessage { InvocationRequest = request });
        if (isClosed && invocations.TryRemove(running.Id, out _))
            running.Fail(new WorkerGoneException());
        running.CancelBy(cancellationToken);
        return running;
    }

    public void Send(StreamingMessage message) => outbound.Writer.TryWrite(message);

    private void Take(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.RpcLog:
                invocations.TryGetValue(message.RpcLog.InvocationId, out var of);
                logs.Write(message.RpcLog, of);
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                if (invocations.TryRemove(message.InvocationResponse.InvocationId, out var running))
                    running.End(message.InvocationResponse.Result);
                break;
            default:
                if (questions.TryGetValue(message.RequestId, out var answer))
                    answer.TrySetResult(message);
                break;
        }
    }

    // gRPC takes one message after the other.
    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> writer, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in outbound.Reader.ReadAllAsync(cancellationToken))
                await writer.WriteAsync(message, cancellationToken);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or Grpc.Core.RpcException or InvalidOperationException)
        {
            // The stream has ended; its reader tells who waits.
        }
    }
}
