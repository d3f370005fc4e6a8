using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace InfluenceFunctions.Webhooks;

/// <summary>
/// What both webhook triggers do: read the raw body once, make sure who sent it, translate, take in, and answer so that tools stay friends.
/// </summary>
public sealed partial class WebhookEndpoint(
    WebhookSources sources,
    WebhookFacts facts,
    FactIngestor ingest,
    Guard guard,
    WebhookMetrics metrics,
    TimeProvider clock,
    ILogger<WebhookEndpoint> logger
)
{
    /// <summary>A request that proves itself by a signature, or a handshake.</summary>
    internal async Task<IActionResult> TakeSignedAsync(HttpRequest request, string source, CancellationToken cancellationToken) =>
        Counted(
            source,
            await guard.RunAsync(
                async () =>
                {
                    if (sources.FindOn(source) is not var (connector, settings))
                        return UnknownSource();
                    if (HttpMethods.IsGet(request.Method))
                        return Handshake(connector.AnswerHandshake(Delivery(request, []), settings));
                    if (await BodyOf(request, cancellationToken) is not { } body)
                        return Unreadable(request);
                    var delivery = Delivery(request, body);
                    return connector.VerifySignature(delivery, settings, Now)
                        ? await TakeAsync(connector, delivery, cancellationToken)
                        : NotGenuine();
                },
                cancellationToken
            )
        );

    /// <summary>A delivery of a source that cannot sign; the caller has shown a function key.</summary>
    internal async Task<IActionResult> TakeForwardedAsync(HttpRequest request, string source, CancellationToken cancellationToken) =>
        Counted(
            source,
            await guard.RunAsync(
                async () =>
                {
                    if (WebhookSources.FindForwarded(source) is not { } connector)
                        return UnknownSource();
                    return await BodyOf(request, cancellationToken) is { } body
                        ? await TakeAsync(connector, Delivery(request, body), cancellationToken)
                        : Unreadable(request);
                },
                cancellationToken
            )
        );

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    private async Task<Reply> TakeAsync(Connector connector, Delivery delivery, CancellationToken cancellationToken)
    {
        if (connector.Translate(delivery, Now) is not { } translation)
            return Reply.Problem(
                StatusCodes.Status400BadRequest,
                "unparseable",
                $"The body is not JSON of at most {Connector.MaxDepth} levels."
            );
        if (translation.Reply is { } reply)
            return Handshake(reply);
        var result = await ingest.TakeAsync(await facts.OfAsync(connector.Source, translation, cancellationToken), cancellationToken);
        if (result.Status == IngestStatus.QueueUnreachable)
            return Guard.Unavailable(result.Detail!);
        metrics.Skipped(connector.Source, translation.Skipped);
        Log(connector, result, translation);
        // Nothing to score is no error: tools switch off a webhook that answers with errors.
        var taken = new TakenDelivery(result.Batch, result.Accepted, result.Rejected, translation.Skipped);
        return Reply.Json(StatusCodes.Status202Accepted, taken, ApiJson.Readable.TakenDelivery);
    }

    private void Log(Connector connector, IngestResult result, Translation translation)
    {
        if (!logger.IsEnabled(LogLevel.Information))
            return;
        var skipped = string.Join(' ', translation.Skipped.Select(s => $"{s.Key}={s.Value}"));
        Took(logger, connector.Source, result.Batch, result.Accepted, result.Rejected.Count, skipped);
    }

    private static Delivery Delivery(HttpRequest request, byte[] body) =>
        new(
            body,
            name => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null,
            name => request.Query.TryGetValue(name, out var value) ? value.ToString() : null
        );

    // A compressed body is not the one that was signed; nobody sends one.
    private static Task<byte[]?> BodyOf(HttpRequest request, CancellationToken cancellationToken) =>
        RequestBody.IsCoded(request)
            ? Task.FromResult<byte[]?>(null)
            : RequestBody.ReadAsync(request, FactIngestor.MaxBytes, cancellationToken);

    private IActionResult Counted(string source, IActionResult answer)
    {
        // Under the name of a source that there is, not under whatever somebody tried.
        if (ConnectorRegistry.Find(source) is not null && answer is Reply reply)
            metrics.Answered(source, reply.Status);
        return answer;
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

    private static Reply NotGenuine() =>
        Reply.Problem(
            StatusCodes.Status401Unauthorized,
            "invalid_signature",
            "The signature is missing, wrong or too old. Check that both sides have the same secret."
        );

    private static Reply Unreadable(HttpRequest request) =>
        RequestBody.IsCoded(request)
            ? Reply
                .Problem(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Content-Encoding must be identity.")
                .With("Accept-Encoding", "identity")
            : Reply.Problem(StatusCodes.Status413PayloadTooLarge, "too_large", $"The body is longer than {FactIngestor.MaxBytes} bytes.");

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Webhook {Source}, batch {Batch}: {Accepted} facts queued, {Rejected} refused, not scored: {Skipped}"
    )]
    private static partial void Took(ILogger logger, string source, string batch, int accepted, int rejected, string skipped);
}
