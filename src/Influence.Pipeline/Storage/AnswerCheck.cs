using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Influence.Pipeline.Storage;

/// <summary>Tries again what was answered by something on the way, and not by storage.</summary>
/// <remarks>
/// <para>
/// A proxy or a gateway that answers a page with status 200, or a status that storage never gives to such a request, must not be taken for
/// an empty table or for a writer who was first. It is what a broken connection is: the client's retries, and in the end "try later".
/// </para>
/// <para>
/// The client of queues reads every error in JSON as storage's own, and fails where it is not; queues answer in XML.
/// </para>
/// </remarks>
/// <param name="isQueue">Whether it stands before a queue.</param>
internal sealed class AnswerCheck(bool isQueue) : HttpPipelinePolicy
{
    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        ProcessNext(message, pipeline);
        Check(message);
    }

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        Check(message);
    }

    private void Check(HttpMessage message)
    {
        if (message.HasResponse && (IsStrange(message.Response) || IsImpossible(message.Request, message.Response)))
            throw new IOException($"An answer of status {message.Response.Status} is not storage's.");
    }

    private bool IsStrange(Response response) =>
        response.Headers.ContentType is { } type
        && (response.Status < 300 ? IsOf(type, "text/") : isQueue && response.Status >= 400 && IsOf(type, "application/json"));

    private static bool IsOf(string contentType, string kind) => contentType.StartsWith(kind, StringComparison.OrdinalIgnoreCase);

    private static bool IsImpossible(Request request, Response response) =>
        response.Status switch
        {
            412 => !request.Headers.TryGetValue("If-Match", out var condition) || condition == "*",
            409 => !CanConflict(request) && !IsBeingDeleted(response),
            _ => false,
        };

    // What makes something new: a row, a table, a queue. A batch of rows has the statuses of its parts in its body.
    private static bool CanConflict(Request request) =>
        request.Method == RequestMethod.Post
            ? !Ends(request, "/$batch") && !Ends(request, "/messages")
            : request.Method == RequestMethod.Put
                && !request.Uri.Path.Contains('(')
                && !request.Uri.Path.Contains("/messages/", StringComparison.Ordinal);

    private static bool IsBeingDeleted(Response response) =>
        response.Headers.TryGetValue("x-ms-error-code", out var code) && code.EndsWith("BeingDeleted", StringComparison.Ordinal);

    private static bool Ends(Request request, string end) => request.Uri.Path.EndsWith(end, StringComparison.Ordinal);
}
