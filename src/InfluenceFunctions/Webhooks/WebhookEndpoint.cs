using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace InfluenceFunctions.Webhooks;

/// <summary>What both webhook functions do: request to delivery, result to reply, by the sender's conventions.</summary>
/// <remarks>Nothing to score is no error: tools switch off a webhook that answers with errors.</remarks>
public sealed class WebhookEndpoint(WebhookReceiver webhooks, WebhookMetrics metrics, WriteAdmission admission, ItemBudgets budgets)
{
    private static readonly WebhookResult NotConfirmed = new(WebhookOutcome.QueueUnreachable, IngestResult.NotConfirmed);

    // Nobody has shown a key, and a body that trickles holds one of few places. Tools send theirs at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A delivery with a signature, or a handshake.</summary>
    internal async Task<IActionResult> TakeSignedAsync(HttpRequest request, string source)
    {
        CountAnswer(request, source);
        if (!webhooks.TakesSigned(source))
            return UnknownSource();
        if (HttpMethods.IsGet(request.Method))
            return Handshake(webhooks.AnswerHandshake(source, Delivery(request, [])));
        using var admitted = admission.EnterDelivery();
        if (admitted.Refusal is { } refusal)
            return refusal;
        if (await BodyOf(request) is not { } body)
            return Unreadable(request);
        var cancellationToken = request.HttpContext.RequestAborted;
        var taking = webhooks.TakeSignedAsync(source, Delivery(request, body), cancellationToken);
        return Answer(await admitted.InTimeAsync(taking, NotConfirmed, cancellationToken));
    }

    /// <summary>A delivery of a source that cannot sign; the caller has shown a function key.</summary>
    internal async Task<IActionResult> TakeForwardedAsync(HttpRequest request, string source)
    {
        CountAnswer(request, source);
        if (!WebhookReceiver.TakesForwarded(source))
            return UnknownSource();
        using var admitted = admission.Enter(request);
        if (admitted.Refusal is { } refusal)
            return refusal;
        if (await BodyOf(request) is not { } body)
            return Unreadable(request);
        var (writer, delivery) = (admitted.Writer, Delivery(request, body));
        var cancellationToken = request.HttpContext.RequestAborted;
        var taking = webhooks.TakeForwardedAsync(source, delivery, writer, cancellationToken);
        return Answer(await admitted.InTimeAsync(taking, NotConfirmed, cancellationToken)).With(budgets.Of(writer));
    }

    private static Reply Answer(WebhookResult result) =>
        result.Outcome switch
        {
            WebhookOutcome.Taken => Reply.Json(
                StatusCodes.Status202Accepted,
                new TakenDelivery(result.Batch!.Batch, result.Batch.Accepted, result.Batch.Rejected, result.Skipped!),
                ApiJson.Readable.TakenDelivery
            ),
            WebhookOutcome.Handshake => Handshake(result.Reply),
            WebhookOutcome.UnknownSource => UnknownSource(),
            WebhookOutcome.NotGenuine => Reply.Problem(
                StatusCodes.Status401Unauthorized,
                "invalid_signature",
                "The signature is missing, wrong or too old. Check that both sides have the same secret."
            ),
            WebhookOutcome.NotAllowed => Reply.Problem(
                StatusCodes.Status403Forbidden,
                "source_not_allowed",
                "The key may not forward this source: an operator allows it with the setting Writers__{name}__Sources__0."
            ),
            WebhookOutcome.OverBudget => Reply.TooMany(result.Batch!.Throttle!),
            WebhookOutcome.Unparseable => Reply.Problem(
                StatusCodes.Status400BadRequest,
                "unparseable",
                $"The body is not JSON of at most {Connector.MaxDepth} levels."
            ),
            WebhookOutcome.QueueUnreachable => Reply.Unavailable(result.Batch!.Detail!),
            _ => throw new ArgumentOutOfRangeException(nameof(result), result.Outcome, "Not a way a delivery can fare."),
        };

    private static Delivery Delivery(HttpRequest request, byte[] body) =>
        new(
            body,
            name => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null,
            name => request.Query.TryGetValue(name, out var value) ? value.ToString() : null
        );

    // A compressed body is not the one that was signed; nobody sends one.
    private static Task<byte[]?> BodyOf(HttpRequest request) =>
        RequestBody.IsCoded(request)
            ? Task.FromResult<byte[]?>(null)
            : RequestBody.ReadAsync(request, WebhookReceiver.MaxBytes, request.HttpContext.RequestAborted, Patience);

    // By the status that was sent, so that an exception's problem counts too; and under the name of a source that there is, not under
    // whatever somebody tried.
    private void CountAnswer(HttpRequest request, string source)
    {
        if (ConnectorRegistry.Find(source) is null)
            return;
        var http = request.HttpContext;
        http.Response.OnCompleted(() =>
        {
            if (!http.RequestAborted.IsCancellationRequested)
                metrics.Answered(source, http.Response.StatusCode);
            return Task.CompletedTask;
        });
    }

    private static Reply Handshake(HandshakeReply? reply) =>
        reply is null
            ? Reply.Problem(
                StatusCodes.Status401Unauthorized,
                "handshake_refused",
                "This is not the handshake that the source makes, or not with the token of the settings."
            )
            : new Reply(StatusCodes.Status200OK, Encoding.UTF8.GetBytes(reply.Body), reply.ContentType);

    private static Reply UnknownSource() =>
        Reply.Problem(
            StatusCodes.Status404NotFound,
            "unknown_source",
            "No webhooks are taken from this source: there is none of that name, or it has no secret here."
        );

    private static Reply Unreadable(HttpRequest request) =>
        RequestBody.IsCoded(request) ? RequestBody.CodedProblem() : RequestBody.TooLargeProblem(WebhookReceiver.MaxBytes);
}
