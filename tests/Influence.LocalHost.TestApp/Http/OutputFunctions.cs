using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Influence.LocalHost.TestApp.Http;

/// <summary>Functions that print and log.</summary>
public sealed partial class OutputFunctions(ILogger<OutputFunctions> logger)
{
    [Function("Print")]
    public IActionResult Print([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "print/{word}")] HttpRequest request, string word)
    {
        Console.WriteLine($"{word} on stdout");
        Console.Error.WriteLine($"{word} on stderr");
        return new OkResult();
    }

    [Function("LogAll")]
    public IActionResult LogAll(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "log-all/{word}")] HttpRequest request,
        string word
    ) => LogEach(word);

    [Function("LogErrors")]
    public IActionResult LogErrors(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "log-errors/{word}")] HttpRequest request,
        string word
    ) => LogEach(word);

    [Function("LogDefault")]
    public IActionResult LogDefault(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "log-default/{word}")] HttpRequest request,
        string word
    ) => LogEach(word);

    private OkResult LogEach(string word)
    {
        foreach (var level in Enum.GetValues<LogLevel>().Where(l => l != LogLevel.None))
            Said(logger, level, word, level == LogLevel.Error ? new InvalidOperationException("its cause") : null);
        return new OkResult();
    }

    [LoggerMessage(Message = "{Word} is logged")]
    private static partial void Said(ILogger logger, LogLevel level, string word, Exception? exception);
}
