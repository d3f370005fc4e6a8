using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Influence.Replay.Client;

/// <summary>The calls a replay makes.</summary>
/// <param name="sender">Sends them.</param>
/// <param name="url">The app.</param>
/// <param name="key">The writers' key, if any.</param>
/// <param name="adminKey">The operators' key, if any; the writers' stands in.</param>
internal sealed class Api(PatientSender sender, Uri url, string? key, string? adminKey)
{
    /// <summary>Posts a batch of interactions, one item a line.</summary>
    /// <param name="body">The batch.</param>
    /// <param name="isImport">Whether it is part of an import, which is the operators'.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<TakenBatch> PostAsync(ReadOnlyMemory<byte> body, bool isImport, CancellationToken cancellationToken)
    {
        var (at, withKey) = isImport ? (At("api/v1/imports"), adminKey ?? key) : (At("api/v1/interactions"), key);
        var answer = await sender.SendAsync(() => Post(at, body, "application/x-ndjson", withKey), cancellationToken);
        if (answer.Status is HttpStatusCode.Accepted or HttpStatusCode.OK)
            return Read(answer, at, ReplayJson.Api.TakenBatch);
        // Nothing acceptable is an answer as well: the batch was read, and sending it again would change nothing.
        if (
            answer.Status == HttpStatusCode.UnprocessableEntity
            && Problems.Of(answer) is { Batch: var batch, Rejected: { Count: > 0 } rejected }
        )
            return new TakenBatch(batch ?? "", 0, rejected);
        throw Problems.Failure(answer, at);
    }

    /// <summary>The health, once storage can be reached, and the moment of the answer by the server's clock.</summary>
    public async Task<(HealthReport Report, DateTimeOffset? Date)> HealthAsync(CancellationToken cancellationToken)
    {
        var at = At("api/health");
        var answer = await GetAsync(at, null, cancellationToken);
        return (Read(answer, at, ReplayJson.Api.HealthReport), answer.Date);
    }

    /// <summary>Asks for the boards of a day, null for today's, to be published.</summary>
    /// <returns>The answer, and where it is told how that fares.</returns>
    public async Task<(Publication Publication, Uri Monitor)> PublishAsync(DateOnly? date, CancellationToken cancellationToken)
    {
        var at = At("api/v1/leaderboards/publications");
        var body = JsonSerializer.SerializeToUtf8Bytes(new PublicationRequest(date), ReplayJson.Api.PublicationRequest);
        var answer = await sender.SendAsync(() => Post(at, body, "application/json", adminKey ?? key), cancellationToken);
        if (answer.Status is not (HttpStatusCode.Accepted or HttpStatusCode.OK))
            throw Problems.Failure(answer, at);
        var publication = Read(answer, at, ReplayJson.Api.Publication);
        var monitor = publication.StatusUrl ?? answer.Location?.OriginalString ?? $"{at}/{Uri.EscapeDataString(publication.Id ?? "")}";
        return (publication, new Uri(at, monitor));
    }

    /// <summary>How a publication fares.</summary>
    public Task<Publication> PublicationAsync(Uri monitor, CancellationToken cancellationToken) =>
        GetAsync(monitor, ReplayJson.Api.Publication, monitor.Authority == url.Authority ? adminKey ?? key : null, cancellationToken);

    /// <summary>Whether the app knows an account.</summary>
    public async Task<bool> HasAccountAsync(string account, CancellationToken cancellationToken)
    {
        var at = At($"api/v1/profiles/{PathId.Write(account)}");
        var answer = await sender.SendAsync(() => With(null, new HttpRequestMessage(HttpMethod.Get, at)), cancellationToken);
        return answer.Status switch
        {
            HttpStatusCode.NotFound => false,
            HttpStatusCode.OK => true,
            _ => throw Problems.Failure(answer, at),
        };
    }

    /// <summary>The first places of a board.</summary>
    public Task<BoardPage> BoardAsync(string board, int top, CancellationToken cancellationToken) =>
        GetAsync(At($"api/v1/leaderboards/{PathId.Write(board)}?top={top}"), ReplayJson.Api.BoardPage, null, cancellationToken);

    /// <summary>Why a profile's score is what it is. Null where a server has no such route, or does not know the profile.</summary>
    public async Task<Explanation?> ExplanationAsync(string id, CancellationToken cancellationToken)
    {
        var at = ExplanationOf(id);
        var answer = await sender.SendAsync(() => With(null, new HttpRequestMessage(HttpMethod.Get, at)), cancellationToken);
        return answer.Status switch
        {
            HttpStatusCode.NotFound => null,
            HttpStatusCode.OK => Read(answer, at, ReplayJson.Api.Explanation),
            _ => throw Problems.Failure(answer, at),
        };
    }

    /// <summary>Where that is.</summary>
    public Uri ExplanationOf(string id) => At($"api/v1/profiles/{PathId.Write(id)}/explanation");

    /// <summary>The page of a board.</summary>
    public Uri PageOfBoard(string board) => At($"boards/{PathId.Write(board)}");

    /// <summary>The page of a profile.</summary>
    public Uri PageOfProfile(string id) => At($"profiles/{PathId.Write(id)}");

    /// <summary>Where interactions are posted.</summary>
    public Uri Interactions => At("api/v1/interactions");

    /// <summary>The first page.</summary>
    public Uri Home => At("");

    /// <summary>Has accounts verified.</summary>
    public async Task<VerifyReport> VerifyAsync(VerificationRequest request, CancellationToken cancellationToken)
    {
        var at = At("api/v1/verifications");
        var body = JsonSerializer.SerializeToUtf8Bytes(request, ReplayJson.Api.VerificationRequest);
        var answer = await sender.SendAsync(() => Post(at, body, "application/json", adminKey ?? key), cancellationToken);
        return answer.Status == HttpStatusCode.OK ? Read(answer, at, ReplayJson.Api.VerifyReport) : throw Problems.Failure(answer, at);
    }

    /// <summary>A page of dead letters.</summary>
    /// <param name="queue">Only those of this queue; null for all.</param>
    /// <param name="since">Only those kept on this day or later; null for all.</param>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<DeadLetterList> DeadLettersAsync(string? queue, DateOnly? since, string? after, CancellationToken cancellationToken) =>
        GetAsync(
            At($"api/v1/dead-letters?top=1000{Part("queue", queue)}{Part("since", DayOf(since))}{Part("cursor", after)}"),
            ReplayJson.Api.DeadLetterList,
            adminKey ?? key,
            cancellationToken
        );

    /// <summary>A dead letter with what is in it; null for none of this id.</summary>
    public async Task<DeadLetter?> DeadLetterAsync(string id, string? reason, CancellationToken cancellationToken)
    {
        var at = At($"api/v1/dead-letters/{Uri.EscapeDataString(id)}?{Part("reason", reason)}");
        var (answer, _) = await OnDeadLetterAsync(HttpMethod.Get, at, cancellationToken);
        return answer is null ? null : Read(answer, at, ReplayJson.Api.DeadLetter);
    }

    /// <summary>Runs a dead letter again; why not, null when it was.</summary>
    public async Task<string?> RetryAsync(string id, string? reason, CancellationToken cancellationToken)
    {
        var at = At($"api/v1/dead-letters/{Uri.EscapeDataString(id)}/retry?{Part("reason", reason)}");
        return (await OnDeadLetterAsync(HttpMethod.Post, at, cancellationToken)).Refusal;
    }

    /// <summary>Gives a dead letter up; why not, null when it was.</summary>
    public async Task<string?> DiscardAsync(string id, string? reason, CancellationToken cancellationToken)
    {
        var at = At($"api/v1/dead-letters/{Uri.EscapeDataString(id)}?{Part("reason", reason)}");
        return (await OnDeadLetterAsync(HttpMethod.Delete, at, cancellationToken)).Refusal;
    }

    // What is about this letter alone is no reason to end the run.
    private async Task<(Answer? Answer, string? Refusal)> OnDeadLetterAsync(HttpMethod method, Uri at, CancellationToken cancellationToken)
    {
        var answer = await sender.SendAsync(() => With(adminKey ?? key, new HttpRequestMessage(method, at)), cancellationToken);
        if ((int)answer.Status is >= 200 and < 300)
            return (answer, null);
        return Problems.Of(answer) is { Code: "unknown_dead_letter" or "not_retryable" or "dead_letter_changed" } problem
            ? (null, problem.Detail)
            : throw Problems.Failure(answer, at);
    }

    private static string? DayOf(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture);

    private static string Part(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private async Task<T> GetAsync<T>(Uri at, JsonTypeInfo<T> type, string? withKey, CancellationToken cancellationToken) =>
        Read(await GetAsync(at, withKey, cancellationToken), at, type);

    private async Task<Answer> GetAsync(Uri at, string? withKey, CancellationToken cancellationToken)
    {
        var answer = await sender.SendAsync(() => With(withKey, new HttpRequestMessage(HttpMethod.Get, at)), cancellationToken);
        return (int)answer.Status is >= 200 and < 300 ? answer : throw Problems.Failure(answer, at);
    }

    private static HttpRequestMessage Post(Uri at, ReadOnlyMemory<byte> body, string contentType, string? withKey) =>
        With(
            withKey,
            new HttpRequestMessage(HttpMethod.Post, at)
            {
                Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } },
            }
        );

    private static HttpRequestMessage With(string? key, HttpRequestMessage request)
    {
        if (key is not null)
            request.Headers.Add("x-functions-key", key);
        return request;
    }

    private Uri At(string path) => new(url.AbsoluteUri.TrimEnd('/') + "/" + path);

    private static T Read<T>(Answer answer, Uri at, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, type) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new ReplayFailedException(
                $"{at} answers {(int)answer.Status} with something else than expected: is this the influence app?",
                e
            );
        }
    }
}
