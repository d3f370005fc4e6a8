using System.Net;
using System.Net.Sockets;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Influence.LocalRuntime.Tests.Support;

/// <summary>A small function app, run by the local runtime in this process over real HTTP and storage.</summary>
internal sealed class LocalApp : IAsyncDisposable
{
    private readonly IHost host;

    private LocalApp(IHost host, string url)
    {
        this.host = host;
        Client = new HttpClient { BaseAddress = new Uri(url) };
    }

    public HttpClient Client { get; }

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public static async Task<LocalApp> StartAsync(
        TestAzurite azurite,
        IReadOnlyList<Type> functions,
        Action<FunctionsApplicationBuilder>? configure = null,
        params (string Name, string Value)[] settings
    )
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        string[] args =
        [
            "--urls",
            url,
            "--AzureWebJobsStorage",
            azurite.ConnectionString,
            .. settings.SelectMany(s => new[] { $"--{s.Name}", s.Value }),
        ];
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        builder.FunctionTypes = functions;
        builder.Services.AddSingleton<Calls>();
        configure?.Invoke(builder);
        var app = new LocalApp(builder.Build(), url);
        await app.host.StartAsync();
        return app;
    }

    public Task StopAsync() => host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        Client.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
