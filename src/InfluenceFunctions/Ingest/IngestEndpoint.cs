using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace InfluenceFunctions.Ingest;

/// <summary>What both ingest functions do: read the body, take the facts in, answer item by item.</summary>
public sealed class IngestEndpoint(FactIngestor ingest, WriteAdmission admission, ItemBudgets budgets, OperatorCalls calls)
{
    internal async Task<IActionResult> TakeAsync(HttpRequest request, FactKind kind, bool isImport = false)
    {
        if (!isImport && request.Query.ContainsKey("import"))
            return Reply.Problem(
                StatusCodes.Status403Forbidden,
                "operator_key_required",
                "An import is the operator's: send it to POST /api/v1/imports with the admin key."
            );
        var cancellationToken = request.HttpContext.RequestAborted;
        using var admitted = admission.Enter(request, isImport);
        if (admitted.Refusal is { } refusal)
            return refusal;
        var batch = IdempotencyKey.Read(request, out var wrong);
        if (wrong is not null)
            return wrong;
        var (body, refused) = await RequestBody.ReadUnpackedAsync(request, FactIngestor.MaxBytes, cancellationToken);
        if (body is null)
            return refused!;
        if (RequestFormat.Of(request, body) is not { } facts)
            return Reply.Problem(
                StatusCodes.Status415UnsupportedMediaType,
                "unsupported_media_type",
                $"The content type is none of {RequestFormat.Accepted}, in UTF-8."
            );
        if (isImport)
            await calls.NoteAsync(request, nameof(TakeImport));
        var taking = ingest.TakeAsync(facts, kind, cancellationToken, admitted.Writer, isImport, batch);
        var answer = Answer(await admitted.InTimeAsync(taking, IngestResult.NotConfirmed, cancellationToken));
        return isImport ? answer : answer.With(budgets.Of(admitted.Writer));
    }

    private static Reply Answer(IngestResult result) =>
        result.Status switch
        {
            IngestStatus.Accepted => Reply.Json(
                StatusCodes.Status202Accepted,
                new TakenBatch(result.Batch, result.Accepted, result.Rejected, result.Warnings, result.Old),
                ApiJson.Readable.TakenBatch
            ),
            IngestStatus.NothingAcceptable => Reply.Of(
                new Problem(StatusCodes.Status422UnprocessableEntity, "Unprocessable Entity", "nothing_acceptable", result.Detail!)
                {
                    Batch = result.Batch,
                    Accepted = 0,
                    Rejected = result.Rejected,
                    Warnings = result.Warnings,
                }
            ),
            IngestStatus.Unparseable => Reply.Problem(StatusCodes.Status400BadRequest, "unparseable", result.Detail!),
            IngestStatus.TooManyItems => Reply.Problem(StatusCodes.Status413PayloadTooLarge, "too_many_items", result.Detail!),
            IngestStatus.OverBudget => Reply.TooMany(result.Throttle!),
            IngestStatus.QueueUnreachable => Reply.Unavailable(result.Detail!),
            _ => throw new ArgumentOutOfRangeException(nameof(result), result.Status, "Not a way a batch can fare."),
        };
}
