using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Influence.LocalHost.TestApp.Http;

/// <summary>Answers that are no action result.</summary>
public sealed class OddResults
{
    [Function("Null")]
    public IActionResult? Null([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "null")] HttpRequest request) => null;

    [Function("Text")]
    public string Text([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "text")] HttpRequest request) => "a plain string";

    [Function("Poco")]
    public OddResult Poco([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "poco")] HttpRequest request) => new("an object");

    [Function("Void")]
    public void Void([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "void")] HttpRequest request) { }

    [Function("Task")]
    public Task Nothing([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "task")] HttpRequest request) => Task.CompletedTask;
}

/// <summary>Some object.</summary>
public sealed record OddResult(string Name);
