using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace InfluenceFunctions.Ingest;

/// <summary>What both ingest triggers do: read the body, take it in, say how it fared.</summary>
public sealed class IngestEndpoint(FactIngestor ingest, Guard guard)
{
    internal Task<IActionResult> TakeAsync(HttpRequest request, FactKind kind, CancellationToken cancellationToken) =>
        guard.RunAsync(
            async () =>
            {
                if (RequestBody.IsCoded(request))
                    return Reply
                        .Problem(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Content-Encoding must be identity.")
                        .With("Accept-Encoding", "identity");
                if (await RequestBody.ReadAsync(request, FactIngestor.MaxBytes, cancellationToken) is not { } body)
                    return Reply.Problem(
                        StatusCodes.Status413PayloadTooLarge,
                        "too_large",
                        $"The body is longer than {FactIngestor.MaxBytes} bytes."
                    );
                if (RequestFormat.Of(request, body) is not { } facts)
                    return Reply.Problem(
                        StatusCodes.Status415UnsupportedMediaType,
                        "unsupported_media_type",
                        $"The content type is none of {RequestFormat.Accepted}, in UTF-8."
                    );
                return Answer(await ingest.TakeAsync(facts, kind, cancellationToken));
            },
            cancellationToken
        );

    private static Reply Answer(IngestResult result) =>
        result.Status switch
        {
            IngestStatus.Accepted => Reply.Json(
                StatusCodes.Status202Accepted,
                new TakenBatch(result.Batch, result.Accepted, result.Rejected),
                ApiJson.Readable.TakenBatch
            ),
            IngestStatus.NothingAcceptable => Reply.Of(
                new Problem(StatusCodes.Status422UnprocessableEntity, "Unprocessable Entity", "nothing_acceptable", result.Detail!)
                {
                    Batch = result.Batch,
                    Accepted = 0,
                    Rejected = result.Rejected,
                }
            ),
            IngestStatus.Unparseable => Reply.Problem(StatusCodes.Status400BadRequest, "unparseable", result.Detail!),
            IngestStatus.TooManyItems => Reply.Problem(StatusCodes.Status413PayloadTooLarge, "too_many_items", result.Detail!),
            IngestStatus.QueueUnreachable => Guard.Unavailable(result.Detail!),
            _ => throw new ArgumentOutOfRangeException(nameof(result), result.Status, "Not a way a batch can fare."),
        };
}
