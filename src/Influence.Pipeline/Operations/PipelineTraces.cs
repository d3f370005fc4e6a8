using System.Diagnostics;
using System.Globalization;
using Activity = System.Diagnostics.Activity;

namespace Influence.Pipeline.Operations;

/// <summary>The spans of the pipeline, under the source <c>Influence.Pipeline</c>; none while nobody listens.</summary>
/// <remarks>
/// <para>
/// Names and attributes are OpenTelemetry's: a message is sent under <c>send {queue}</c> and processed under <c>process {queue}</c>. The
/// message carries the W3C context of its sending span, which becomes the parent of the processing span: the conventions allow that where
/// a message is processed alone, and so a trace reaches from the call to the rows. The run of the function, which the host begins, is
/// linked.
/// </para>
/// <para>No attribute names a person: no account, no row's key, no query of an address.</para>
/// </remarks>
public static class PipelineTraces
{
    /// <summary>The source's name.</summary>
    public const string SourceName = "Influence.Pipeline";

    /// <summary>The name of the span of a group commit.</summary>
    public const string Commit = "commit accounts";

    /// <summary>What Azure's queues are called in <c>messaging.system</c>; the conventions have no name for them.</summary>
    public const string QueueSystem = "azure_storage_queues";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The name of the span that a message is sent under.</summary>
    public static string SendOf(string queue) => $"send {queue}";

    /// <summary>The name of the span that a message is processed under.</summary>
    public static string ProcessOf(string queue) => $"process {queue}";

    /// <summary>Begins to send messages; their <c>traceparent</c> is <see cref="CurrentParent"/> from here on.</summary>
    public static Activity? Send(string queue)
    {
        var span = Source.StartActivity(SendOf(queue), ActivityKind.Producer);
        return Messaging(span, queue, "send");
    }

    /// <summary>Begins to process a message.</summary>
    /// <param name="queue">The queue that it came from.</param>
    /// <param name="traceParent">What the message carries; null for one that carries nothing.</param>
    public static Activity? Process(string queue, string? traceParent)
    {
        if (!Source.HasListeners())
            return null;
        var run = Activity.Current?.Context;
        // A context that cannot be read is none: the span stays within the function's run.
        if (!ActivityContext.TryParse(traceParent, null, isRemote: true, out var sender))
            return Messaging(Source.StartActivity(ProcessOf(queue), ActivityKind.Consumer), queue, "process");
        ActivityLink[] links = run is { } own && own.TraceId != sender.TraceId ? [new ActivityLink(own)] : [];
        return Messaging(Source.StartActivity(ProcessOf(queue), ActivityKind.Consumer, sender, links: links), queue, "process");
    }

    /// <summary>Begins a group commit: a child of the first message that waits for it, linked to the others.</summary>
    /// <param name="waiting">The spans of the messages; none where nobody traces.</param>
    /// <param name="accounts">How many accounts it is about.</param>
    internal static Activity? CommitOf(IReadOnlyList<ActivityContext> waiting, int accounts)
    {
        if (waiting.Count == 0)
            return null;
        var links = waiting.Skip(1).Distinct().Where(c => c != waiting[0]).Select(c => new ActivityLink(c));
        var span = Source.StartActivity(Commit, ActivityKind.Internal, waiting[0], links: links);
        return span?.SetTag("influence.accounts", accounts);
    }

    /// <summary>Begins one request to storage.</summary>
    internal static Activity? Request(string method, string target) => Source.StartActivity($"{method} {target}", ActivityKind.Client);

    /// <summary>The W3C context of the span that is under way; null for none.</summary>
    public static string? CurrentParent => Activity.Current is { IdFormat: ActivityIdFormat.W3C } span ? span.Id : null;

    /// <summary>Notes that a span's work failed: the type alone, since a message may quote anything.</summary>
    public static void Failed(this Activity? span, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        span?.SetTag("error.type", exception.GetType().FullName).SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Notes how a request was answered.</summary>
    internal static void Answered(this Activity? span, int status)
    {
        if (span is null)
            return;
        span.SetTag("http.response.status_code", status);
        // No such row, and another was first: answers that were asked for, and no failures.
        if (status >= 400 && status is not (404 or 409 or 412))
            span.SetTag("error.type", status.ToString(CultureInfo.InvariantCulture)).SetStatus(ActivityStatusCode.Error);
    }

    private static Activity? Messaging(Activity? span, string queue, string operation) =>
        span
            ?.SetTag("messaging.system", QueueSystem)
            .SetTag("messaging.destination.name", queue)
            .SetTag("messaging.operation.name", operation)
            .SetTag("messaging.operation.type", operation);
}
