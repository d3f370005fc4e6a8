using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Influence.LocalHost.TestApp.Http;

/// <summary>Functions that do not end well.</summary>
public sealed class FailingFunctions(Calls calls)
{
    [Function("Broken")]
    public IActionResult Broken([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "broken")] HttpRequest request) =>
        throw new InvalidOperationException("Broken before anything was sent.");

    [Function("BrokenLate")]
    public async Task BrokenLateAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "broken-late")] HttpRequest request)
    {
        var response = request.HttpContext.Response;
        response.ContentLength = 100;
        await response.WriteAsync("the begin", request.HttpContext.RequestAborted);
        await response.Body.FlushAsync(request.HttpContext.RequestAborted);
        throw new InvalidOperationException("Broken after the response began.");
    }

    [Function("BrokenChunked")]
    public async Task BrokenChunkedAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "broken-chunked")] HttpRequest request)
    {
        var response = request.HttpContext.Response;
        await response.WriteAsync("the begin", request.HttpContext.RequestAborted);
        await response.Body.FlushAsync(request.HttpContext.RequestAborted);
        throw new InvalidOperationException("Broken after the first chunk.");
    }

    [Function("Hang")]
    public async Task<IActionResult> HangAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "hang/{id}")] HttpRequest request,
        string id,
        FunctionContext context
    )
    {
        calls.Add($"{id} hangs");
        await Task.Delay(Timeout.Infinite, context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        calls.Add($"{id} cancelled");
        return new OkResult();
    }

    [Function("HangDeaf")]
    public async Task<IActionResult> HangDeafAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "hang-deaf/{id}")] HttpRequest request,
        string id
    )
    {
        calls.Add($"{id} hangs");
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
        return new OkResult();
    }

    [Function("SlowAnswer")]
    public async Task<IActionResult> SlowAnswerAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "slow/{id}")] HttpRequest request,
        string id,
        FunctionContext context
    )
    {
        calls.Add($"{id} begins");
        await Task.Delay(1500, context.CancellationToken);
        return new ContentResult { Content = "slow" };
    }

    [Function("Crash")]
    public IActionResult Crash([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "crash/{how}")] HttpRequest request, string how)
    {
        if (how == "exit")
            Environment.Exit(3);
        if (how == "refuse")
            EndWhenAsked.Refuse(78);
        if (how == "refuse-late")
        {
            StreamFunctions.Break();
            Thread.Sleep(1100);
            EndWhenAsked.Refuse(78);
        }

        Environment.FailFast("As the test wants.");
        return new OkResult();
    }
}
