using System.Text.Json.Serialization;
using Azure.Storage.Queues.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Influence.LocalHost.Http;

/// <summary>The host's own addresses: <c>/admin/…</c> with the master key, and the home page unless it is switched off.</summary>
internal sealed partial class AdminEndpoint(
    FunctionIndex index,
    WorkerSupervisor workers,
    FunctionKeys keys,
    IConfiguration configuration,
    BackgroundWork work,
    ILogger<AdminEndpoint> logger
)
{
    private const string Home =
        "<!doctype html><html lang=\"en\"><title>Function app</title><p>Your function app is up and running on the local host.</p></html>";

    public void Map(WebApplication app)
    {
        app.MapPost("/admin/functions/{name}", RunAsync);
        app.MapGet("/admin/functions", request => AnswerAsync(request, List));
        app.MapGet("/admin/host/status", request => AnswerAsync(request, Status));
        app.MapMethods("/admin/host/ping", ["GET", "POST"], request => AnswerAsync(request, () => Results.Ok()));
        // Behind every function's route: one at the root comes first.
        app.MapFallback("/", context => HomePage().ExecuteAsync(context));
    }

    private IResult HomePage() =>
        configuration["AzureWebJobsDisableHomepage"] is { } off && (off == "1" || off.Equals("true", StringComparison.OrdinalIgnoreCase))
            ? Results.NoContent()
            : Results.Content(Home, "text/html; charset=utf-8");

    private Task AnswerAsync(HttpContext context, Func<IResult> answer) => (Refused(context) ?? answer()).ExecuteAsync(context);

    // As the host: no key is 401 and says how to show one, a key that is not the master's is 403.
    private IResult? Refused(HttpContext context)
    {
        if (keys.Allows(context.Request, KeyLevel.Admin))
            return null;
        if (keys.Shown(context.Request) == KeyLevel.Function)
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Results.StatusCode(StatusCodes.Status401Unauthorized);
    }

    private IResult List() =>
        Results.Json(
            index
                .Functions.Select(f => new AdminFunction(f.Name, f.Metadata.EntryPoint, f.Metadata.ScriptFile, f.Metadata.Language))
                .ToArray(),
            AdminJson.Default.AdminFunctionArray
        );

    private IResult Status() =>
        Results.Json(
            new AdminStatus("Influence.LocalHost", workers.Current is null ? "Error" : "Running", workers.Current?.Process.Id),
            AdminJson.Default.AdminStatus
        );

    private async Task<IResult> RunAsync(string name, HttpContext context)
    {
        if (Refused(context) is { } refused)
            return refused;
        var function = index.Functions.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (function is null or HttpFunction)
            return Results.StatusCode(StatusCodes.Status404NotFound);
        string input;
        try
        {
            input = (await context.Request.ReadFromJsonAsync(AdminJson.Default.AdminInput, context.RequestAborted))?.Input ?? "";
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or IOException)
        {
            // IOException: chunks that are none, or of a size that no number holds.
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        work.Run(() => InvokeAsync(function, function is TimerFunction ? TimerInput.Of(null, isPastDue: false) : QueueInput(input)));
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private async Task InvokeAsync(FunctionEntry function, FunctionInput input)
    {
        try
        {
            await workers.InvokeAsync(function, input, work.Abandon);
        }
        catch (Exception e)
        {
            Failed(logger, e, function.Name);
        }
    }

    private static FunctionInput QueueInput(string text)
    {
        var message = QueuesModelFactory.QueueMessage(
            $"{Guid.CreateVersion7()}",
            $"{Guid.CreateVersion7()}",
            new BinaryData(text),
            dequeueCount: 1
        );
        return new FunctionInput(new TypedData { String = text }, BindingData.Of(message, text));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function}, run by its admin endpoint, failed")]
    private static partial void Failed(ILogger logger, Exception exception, string function);
}

/// <summary>The body of the call.</summary>
internal sealed record AdminInput(string? Input);

internal sealed record AdminFunction(string Name, string EntryPoint, string ScriptFile, string Language);

internal sealed record AdminStatus(string Id, string State, int? ProcessId);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AdminInput))]
[JsonSerializable(typeof(AdminFunction[]))]
[JsonSerializable(typeof(AdminStatus))]
internal sealed partial class AdminJson : JsonSerializerContext;
