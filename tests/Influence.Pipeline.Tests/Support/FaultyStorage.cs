using System.Net;
using System.Net.Http.Json;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using Moq.Protected;

namespace Influence.Pipeline.Tests.Support;

/// <summary>What may happen to a request on its way.</summary>
internal enum Fault
{
    None,

    /// <summary>429, and nothing is done.</summary>
    Throttled,

    /// <summary>503, and nothing is done.</summary>
    Busy,

    /// <summary>403, and nothing is done.</summary>
    Forbidden,

    /// <summary>400, and nothing is done.</summary>
    Refused,

    /// <summary>A page of something on the way, with status 200, and nothing is done.</summary>
    Page,

    /// <summary>409 for a row that is there, whatever was asked, and nothing is done.</summary>
    Conflict,

    /// <summary>The connection breaks before the request arrives.</summary>
    LostRequest,

    /// <summary>The request is done, and its answer lost.</summary>
    LostAnswer,
}

/// <summary>Production's composition over Azurite, with faults below the SDK's retries.</summary>
/// <remarks>What Azurite cannot be made to do.</remarks>
internal sealed class FaultyStorage : IAsyncDisposable
{
    private static readonly HttpClient Real = new();
    private readonly ServiceProvider services;

    public FaultyStorage(TestAzurite azurite)
    {
        var handler = new Mock<DelegatingHandler>(new HttpClientHandler()) { CallBase = true };
        handler
            .Protected()
            .Setup<Task<HttpResponseMessage>>("SendAsync", ItExpr.IsAny<HttpRequestMessage>(), ItExpr.IsAny<CancellationToken>())
            .Returns((HttpRequestMessage request, CancellationToken token) => AnswerAsync(request, token));
        var prefix = "t" + Guid.NewGuid().ToString("n")[..12];
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["AzureWebJobsStorage"] = azurite.ConnectionString,
                    ["Influence:TablePrefix"] = prefix,
                    ["Influence:QueuePrefix"] = prefix,
                }
            )
            .Build();
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<HttpPipelineTransport>(new HttpClientTransport(new HttpClient(handler.Object)))
            .AddInfluence(configuration)
            .BuildServiceProvider();
    }

    /// <summary>The fault of each request, once it is set.</summary>
    public Func<HttpRequestMessage, Fault> FaultOf { get; set; } = _ => Fault.None;

    /// <summary>The requests sent, with the fault each met.</summary>
    public List<(HttpMethod Method, string Path, Fault Fault)> Sent { get; } = [];

    /// <summary>One whose tables and queues are made, so that a test meets its own requests only.</summary>
    public static async Task<FaultyStorage> ReadyAsync(TestAzurite azurite)
    {
        var storage = new FaultyStorage(azurite);
        await storage.Get<Deployment>().KeysAsync(default);
        return storage;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Gives the next requests of a kind these faults, one each, and all later ones none.</summary>
    public void Next(Func<HttpRequestMessage, bool> isMeant, params Fault[] faults)
    {
        var left = new Queue<Fault>(faults);
        Sent.Clear();
        FaultOf = request => isMeant(request) && left.TryDequeue(out var fault) ? fault : Fault.None;
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var fault = FaultOf(request);
        lock (Sent)
            Sent.Add((request.Method, request.RequestUri!.AbsolutePath, fault));
        switch (fault)
        {
            case Fault.Throttled:
                return Error(HttpStatusCode.TooManyRequests, "TooManyRequests");
            case Fault.Busy:
                return Error(HttpStatusCode.ServiceUnavailable, "ServerBusy");
            case Fault.Forbidden:
                return Error(HttpStatusCode.Forbidden, "AuthorizationFailure");
            case Fault.Refused:
                return Error(HttpStatusCode.BadRequest, "InvalidInput");
            case Fault.Page:
                return new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent("<!doctype html><p>Sign in</p>", System.Text.Encoding.UTF8, "text/html"),
                };
            case Fault.Conflict:
                return Error(HttpStatusCode.Conflict, "EntityAlreadyExists");
            case Fault.LostRequest:
                throw new HttpRequestException("The connection broke.");
        }

        var answer = await Real.SendAsync(await CopyAsync(request, cancellationToken), cancellationToken);
        if (fault != Fault.LostAnswer)
            return answer;
        answer.Dispose();
        throw new HttpRequestException("The answer was lost.");
    }

    // A request is sent once only.
    private static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri);
        foreach (var (name, values) in request.Headers)
            copy.Headers.TryAddWithoutValidation(name, values);
        if (request.Content is not { } content)
            return copy;
        copy.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync(cancellationToken));
        foreach (var (name, values) in content.Headers)
            copy.Content.Headers.TryAddWithoutValidation(name, values);
        return copy;
    }

    private static HttpResponseMessage Error(HttpStatusCode status, string code)
    {
        var answer = new HttpResponseMessage(status)
        {
            Content = JsonContent.Create(
                new Dictionary<string, object> { ["odata.error"] = new { code, message = new { lang = "en", value = "x" } } }
            ),
        };
        answer.Headers.Add("x-ms-error-code", code);
        return answer;
    }
}
