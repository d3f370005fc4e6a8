using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Influence.LocalHost.TestApp.Http;

/// <summary>Tells what of a request arrives.</summary>
public sealed class EchoFunctions(Calls calls)
{
    private const string Tag = "\"v1\"";

    [Function("Echo")]
    public IActionResult Echo(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", Route = "echo/{id}")] HttpRequest request,
        string id,
        FunctionContext context
    )
    {
        calls.Add($"echo {id}");
        return new JsonResult(
            new Echo(
                id,
                $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}{request.QueryString}",
                $"{request.HttpContext.Connection.RemoteIpAddress}",
                request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                context.InvocationId
            )
        );
    }

    [Function("Digest")]
    public async Task<IActionResult> DigestAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "digest")] HttpRequest request
    ) => new ContentResult { Content = Convert.ToHexString(await SHA256.HashDataAsync(request.Body, request.HttpContext.RequestAborted)) };

    /// <summary>Has a token as a parameter, which callers can break: see <c>BindingData</c> of the host.</summary>
    [Function("Stop")]
    public async Task<IActionResult> StopAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "stop")] HttpRequest request,
        CancellationToken stop
    )
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(stop);
        return new ContentResult { Content = $"{body.Length}" };
    }

    [Function("Tagged")]
    public IActionResult Tagged([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "tagged")] HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.ETag = Tag;
        headers.CacheControl = "public, max-age=60";
        headers.Append("X-Twice", "one");
        headers.Append("X-Twice", "two");
        return request.Headers.IfNoneMatch == Tag
            ? new StatusCodeResult(StatusCodes.Status304NotModified)
            : new ContentResult
            {
                Content = "tagged",
                ContentType = "application/problem+json",
                StatusCode = 409,
            };
    }

    [Function("Elsewhere")]
    public IActionResult Elsewhere([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "elsewhere")] HttpRequest request) =>
        new RedirectResult("/api/tagged");

    [Function("Guarded")]
    public IActionResult Guarded([HttpTrigger(AuthorizationLevel.Function, "get", Route = "guarded")] HttpRequest request) =>
        new OkResult();

    [Function("Closed")]
    public IActionResult Closed([HttpTrigger(AuthorizationLevel.Admin, "get", Route = "closed")] HttpRequest request) => new OkResult();

    [Function("Setting")]
    public IActionResult Setting(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "settings/{name}")] HttpRequest request,
        string name
    ) => new ContentResult { Content = Environment.GetEnvironmentVariable(name) };
}

/// <summary>What arrived.</summary>
public sealed record Echo(string Id, string Url, string Remote, Dictionary<string, string> Headers, string InvocationId);
