using System.Net.Sockets;

namespace Influence.LocalHost.Worker;

/// <summary>A worker that has loaded its functions and takes requests.</summary>
/// <param name="Process">Its process.</param>
/// <param name="Channel">Its stream.</param>
/// <param name="HttpUri">Where it takes forwarded requests, without a slash at its end; null for an app without HTTP.</param>
internal sealed record ReadyWorker(WorkerProcess Process, WorkerChannel Channel, string? HttpUri)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>The talk of a start: what the worker is, which functions it has, and that they are loaded.</summary>
    /// <param name="process">A worker that was just started.</param>
    /// <param name="channel">Its stream.</param>
    /// <param name="app">What it runs.</param>
    /// <param name="index">Gets the functions at the first start.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WorkerStartException">The worker refuses one of the steps.</exception>
    /// <exception cref="FunctionIndexException">A function cannot be served.</exception>
    public static async Task<ReadyWorker> GreetAsync(
        WorkerProcess process,
        WorkerChannel channel,
        WorkerApp app,
        FunctionIndex index,
        CancellationToken cancellationToken
    )
    {
        await channel.Connected.WaitAsync(cancellationToken);
        var init = new WorkerInitRequest
        {
            HostVersion = "4",
            WorkerDirectory = app.Folder,
            FunctionAppDirectory = app.Folder,
        };
        var initialised = (await channel.AskAsync(new StreamingMessage { WorkerInitRequest = init }, cancellationToken)).WorkerInitResponse;
        Check(initialised?.Result, "does not start");

        var ask = new FunctionsMetadataRequest { FunctionAppDirectory = app.Folder };
        var metadata = (
            await channel.AskAsync(new StreamingMessage { FunctionsMetadataRequest = ask }, cancellationToken)
        ).FunctionMetadataResponse;
        Check(metadata?.Result, "does not tell its functions");
        index.Fill(metadata!.FunctionMetadataResults);

        await Task.WhenAll(index.Functions.Select(f => LoadAsync(channel, f, cancellationToken)));
        var uri = initialised!.Capabilities.TryGetValue("HttpUri", out var address) ? address.TrimEnd('/') : null;
        if (uri is null && index.Functions.OfType<HttpFunction>().FirstOrDefault() is { } http)
            throw new FunctionIndexException(
                http.Name,
                "the worker takes no requests by HTTP: it needs ConfigureFunctionsWebApplication()"
            );
        if (uri is not null)
            await ListensAsync(new Uri(uri), cancellationToken);
        return new ReadyWorker(process, channel, uri);
    }

    private static async Task LoadAsync(WorkerChannel channel, FunctionEntry function, CancellationToken cancellationToken)
    {
        var request = new FunctionLoadRequest { FunctionId = function.Id, Metadata = function.Metadata };
        var answer = await channel.AskAsync(new StreamingMessage { FunctionLoadRequest = request }, cancellationToken);
        Check(answer.FunctionLoadResponse?.Result, $"cannot load the function '{function.Name}'");
    }

    private static void Check(StatusResult? result, string what)
    {
        if (result is not { Status: StatusResult.Types.Status.Success })
            throw new WorkerStartException($"The worker {what}: {RunningInvocation.FailureOf(result).Message}");
    }

    private static async Task ListensAsync(Uri uri, CancellationToken cancellationToken)
    {
        for (; ; await Task.Delay(Pause, TimeProvider.System, cancellationToken))
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(uri.Host, uri.Port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }
    }
}
