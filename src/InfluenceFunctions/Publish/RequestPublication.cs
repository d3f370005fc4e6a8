using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Publish;

/// <summary><c>POST /api/v1/leaderboards/publications</c>: publish now.</summary>
public sealed class RequestPublication(Publisher publish, OperatorCalls calls, PublicUrl url)
{
    private const int MaxBytes = 4096;

    /// <summary>Runs the function.</summary>
    [Function(nameof(RequestPublication))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "api/v1/leaderboards/publications")] HttpRequest request
    )
    {
        var cancellationToken = request.HttpContext.RequestAborted;
        if (await RequestBody.ReadAsync(request, MaxBytes, cancellationToken) is not { } body)
            return RequestBody.TooLargeProblem(MaxBytes);
        if (Read(body) is not { } asked)
            return Reply.Problem(
                StatusCodes.Status400BadRequest,
                "invalid_parameter",
                "The body must be empty, {} or {\"date\":\"yyyy-MM-dd\"}."
            );
        var reason = OperatorCalls.ReasonOf(request, out var wrong);
        if (wrong is not null)
            return wrong;
        await calls.NoteAsync(
            request,
            nameof(RequestPublication),
            why: reason,
            what: asked.Date?.ToString("O", CultureInfo.InvariantCulture)
        );
        if (await publish.RequestAsync(asked.Date, cancellationToken) is not { } publication)
            return Reply.Problem(
                StatusCodes.Status400BadRequest,
                "invalid_parameter",
                $"'date' must be today (UTC) or one of the {Publisher.MaxDaysBack} days before."
            );
        var status = url.Of(request, $"leaderboards/publications/{publication.Id}");
        return Reply
            .Json(StatusCodes.Status202Accepted, publication with { StatusUrl = status }, ApiJson.Readable.Publication)
            .With("Location", status)
            .With("Retry-After", "1");
    }

    private static PublicationRequest? Read(byte[] body)
    {
        if (body.Length == 0)
            return new PublicationRequest(null);
        try
        {
            return JsonSerializer.Deserialize(body, ApiJson.Default.PublicationRequest);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
