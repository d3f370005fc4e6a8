using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Influence.LocalHost.Worker;

/// <summary>Where workers call: the gRPC server of the protocol, on a loopback port of its own.</summary>
internal sealed class WorkerEndpoint : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly ExpectedWorkers expected;

    private WorkerEndpoint(WebApplication server, ExpectedWorkers expected, Uri address) =>
        (this.server, this.expected, Address) = (server, expected, address);

    public Uri Address { get; }

    public static async Task<WorkerEndpoint> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        // HTTP/2 without TLS needs a port that speaks nothing else.
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.Protocols = HttpProtocols.Http2));
        var expected = new ExpectedWorkers();
        builder.Services.AddSingleton(expected).AddRoutingCore();
        builder.Services.AddGrpc(o => (o.MaxReceiveMessageSize, o.MaxSendMessageSize) = (null, null));
        var server = builder.Build();
        server.UseRouting();
        server.MapGrpcService<FunctionRpcService>();
        await server.StartAsync(cancellationToken);
        var addresses = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        return new WorkerEndpoint(server, expected, new Uri(addresses.Addresses.First()));
    }

    /// <summary>Expects the worker of a channel; any other is refused.</summary>
    public void Expect(WorkerChannel channel) => expected.ById[channel.WorkerId] = channel;

    public void Forget(WorkerChannel channel) => expected.ById.TryRemove(channel.WorkerId, out _);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await server.StopAsync(now.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await server.DisposeAsync();
    }
}

internal sealed class ExpectedWorkers
{
    public ConcurrentDictionary<string, WorkerChannel> ById { get; } = new(StringComparer.Ordinal);
}

/// <summary>The service of the protocol: finds the channel of a worker that calls.</summary>
internal sealed class FunctionRpcService(ExpectedWorkers expected) : FunctionRpc.FunctionRpcBase
{
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream,
        IServerStreamWriter<StreamingMessage> responseStream,
        ServerCallContext context
    )
    {
        var hasCalled = await requestStream.MoveNext(context.CancellationToken);
        if (!hasCalled || !expected.ById.TryRemove(requestStream.Current.StartStream?.WorkerId ?? "", out var channel))
            throw new Grpc.Core.RpcException(new Status(StatusCode.PermissionDenied, "No worker of this id is expected."));
        await channel.RunAsync(requestStream, responseStream, context.CancellationToken);
    }
}
