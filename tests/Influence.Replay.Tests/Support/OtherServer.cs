using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Influence.Replay.Tests.Support;

/// <summary>A server that is not the app and answers everything alike.</summary>
internal sealed class OtherServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private OtherServer(WebApplication app) => this.app = app;

    public Uri Url => new(app.Urls.First());

    public static async Task<OtherServer> StartAsync(int status, string body)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body, context.RequestAborted);
        });
        await app.StartAsync(CancellationToken.None);
        return new OtherServer(app);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
