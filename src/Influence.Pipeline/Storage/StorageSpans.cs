using Azure.Core;
using Azure.Core.Pipeline;
using Activity = System.Diagnostics.Activity;

namespace Influence.Pipeline.Storage;

/// <summary>A span for every request to storage, each try on its own; nothing while nobody traces.</summary>
/// <remarks>
/// The SDK's own spans hold addresses, and an address holds the keys of rows. These hold the method, the table or queue, the server and the
/// answer's status.
/// </remarks>
/// <param name="service">What <c>az.namespace</c> says.</param>
/// <param name="queue">The queue; null for tables, which are told by the address.</param>
internal sealed class StorageSpans(string service, string? queue) : HttpPipelinePolicy
{
    public const string Tables = "Microsoft.Tables";
    public const string Queues = "Microsoft.Storage";

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        using var span = Begin(message.Request);
        try
        {
            ProcessNext(message, pipeline);
            span.Answered(message.Response.Status);
        }
        catch (Exception e)
        {
            span.Failed(e);
            throw;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        using var span = Begin(message.Request);
        try
        {
            await ProcessNextAsync(message, pipeline);
            span.Answered(message.Response.Status);
        }
        catch (Exception e)
        {
            span.Failed(e);
            throw;
        }
    }

    private Activity? Begin(Request request)
    {
        // What nobody asked for, polling for locks and setup, begins no trace of its own.
        if (Activity.Current is null)
            return null;
        var address = request.Uri.ToUri();
        return PipelineTraces
            .Request(request.Method.Method, queue ?? TableOf(address.AbsolutePath))
            ?.SetTag("az.namespace", service)
            .SetTag("http.request.method", request.Method.Method)
            .SetTag("server.address", address.Host)
            .SetTag("server.port", address.Port)
            .SetTag("influence.step", StorageRequests.Current);
    }

    // The last segment without the row's keys: 'Accounts(PartitionKey=…)', 'Accounts()', 'Accounts', '$batch'.
    internal static string TableOf(string path)
    {
        var bracket = path.IndexOf('(', StringComparison.Ordinal);
        var before = bracket < 0 ? path : path[..bracket];
        return before[(before.LastIndexOf('/') + 1)..];
    }
}
