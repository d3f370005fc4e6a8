using System.Text.Json.Serialization;
using Azure.Storage.Queues.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Influence.LocalRuntime.Http;

/// <summary><c>POST /admin/functions/{name}</c> with the master key: runs a queue or timer function now.</summary>
internal sealed partial class AdminEndpoint(
    FunctionIndex index,
    FunctionInvoker invoker,
    FunctionKeys keys,
    BackgroundWork work,
    ILogger<AdminEndpoint> logger
)
{
    public void Map(WebApplication app) => app.MapPost("/admin/functions/{name}", RunAsync);

    private async Task<IResult> RunAsync(string name, HttpRequest request)
    {
        if (!keys.Allows(request, AuthorizationLevel.Admin))
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        var function = index.Functions.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (function is null or HttpFunction)
            return Results.StatusCode(StatusCodes.Status404NotFound);
        string input;
        try
        {
            input = (await request.ReadFromJsonAsync(AdminJson.Default.AdminInput, request.HttpContext.RequestAborted))?.Input ?? "";
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        work.Run(() => InvokeAsync(function, function is TimerFunction ? new TimerInfo() : input));
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private async Task InvokeAsync(FunctionEntry function, object trigger)
    {
        try
        {
            var data = trigger is string text ? BindingData.Of(Message(text), text) : BindingData.None;
            await invoker.InvokeAsync(function, trigger, data, work.Abandon);
        }
        catch (Exception e)
        {
            Failed(logger, e, function.Name);
        }
    }

    private static QueueMessage Message(string text) =>
        QueuesModelFactory.QueueMessage($"{Guid.CreateVersion7()}", $"{Guid.CreateVersion7()}", new BinaryData(text), dequeueCount: 1);

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function}, run by its admin endpoint, failed")]
    private static partial void Failed(ILogger logger, Exception exception, string function);
}

/// <summary>The body of the call.</summary>
internal sealed record AdminInput(string? Input);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AdminInput))]
internal sealed partial class AdminJson : JsonSerializerContext;
