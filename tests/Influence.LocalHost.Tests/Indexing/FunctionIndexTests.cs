using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.Configuration;

namespace Influence.LocalRuntime.Tests.Indexing;

public sealed class FunctionIndexTests
{
    [Fact]
    public void Settings_stand_in_for_their_names()
    {
        var index = Of([typeof(ByQueue), typeof(ByTimer)], ("Queue", "mail"), ("Schedule", "0 0 3 * * *"));
        Assert.Equal("mail-in", index.Functions.OfType<QueueFunction>().Single().Queue);
        Assert.Equal(
            new DateTime(2026, 1, 1, 3, 0, 0),
            index.Functions.OfType<TimerFunction>().Single().Schedule.GetNextOccurrence(new DateTime(2026, 1, 1))
        );
    }

    [Theory]
    [InlineData(typeof(ByQueue), "ByQueue", "'Queue'")]
    [InlineData(typeof(BadCron), "BadCron", "'every day'")]
    [InlineData(typeof(FiveFields), "FiveFields", "six fields")]
    [InlineData(typeof(NoTrigger), "NoTrigger", "0 triggers")]
    [InlineData(typeof(TwoTriggers), "TwoTriggers", "2 triggers")]
    [InlineData(typeof(UnknownBinding), "UnknownBinding", "'CarrierPigeonAttribute' is not known")]
    [InlineData(typeof(WrongType), "WrongType", "'message' is a Int32")]
    [InlineData(typeof(Unbound), "Unbound", "'id'")]
    [InlineData(typeof(SameName), "Twin", "same name")]
    [InlineData(typeof(SameRoute), "RouteB", "'RouteA' has the same route, GET things/{}")]
    public void A_function_that_cannot_be_served_is_named_with_the_reason(Type type, string function, string reason)
    {
        var error = Assert.Throws<FunctionIndexException>(() => Of([type]));
        Assert.Contains($"'{function}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static FunctionIndex Of(Type[] types, params (string Key, string Value)[] settings) =>
        FunctionIndex.Of(
            types,
            new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build()
        );

    private sealed class ByQueue
    {
        [Function(nameof(ByQueue))]
        public void Run([QueueTrigger("%Queue%-in")] string message) => _ = message;
    }

    private sealed class ByTimer
    {
        [Function(nameof(ByTimer))]
        public void Run([TimerTrigger("%Schedule%")] TimerInfo timer) => _ = timer;
    }

    private sealed class BadCron
    {
        [Function(nameof(BadCron))]
        public void Run([TimerTrigger("every day")] TimerInfo timer) => _ = timer;
    }

    private sealed class FiveFields
    {
        [Function(nameof(FiveFields))]
        public void Run([TimerTrigger("0 3 * * *")] TimerInfo timer) => _ = timer;
    }

    private sealed class NoTrigger
    {
        [Function(nameof(NoTrigger))]
        public void Run(string message) => _ = message;
    }

    private sealed class TwoTriggers
    {
        [Function(nameof(TwoTriggers))]
        public void Run([QueueTrigger("a")] string a, [QueueTrigger("b")] string b) => _ = a + b;
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    private sealed class CarrierPigeonAttribute : TriggerBindingAttribute;

    private sealed class UnknownBinding
    {
        [Function(nameof(UnknownBinding))]
        public void Run([CarrierPigeon] string letter) => _ = letter;
    }

    private sealed class WrongType
    {
        [Function(nameof(WrongType))]
        public void Run([QueueTrigger("a")] int message) => _ = message;
    }

    private sealed class Unbound
    {
        [Function(nameof(Unbound))]
        public IActionResult Run(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{name}")] HttpRequest request,
            string id
        ) => new OkObjectResult(id + request.Path);
    }

    private sealed class SameName
    {
        [Function("Twin")]
        public void First([QueueTrigger("a")] string message) => _ = message;

        [Function("Twin")]
        public void Second([QueueTrigger("b")] string message) => _ = message;
    }

    private sealed class SameRoute
    {
        [Function("RouteA")]
        public IActionResult First([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "things/{id}")] HttpRequest request) =>
            new OkObjectResult(request.Path);

        [Function("RouteB")]
        public IActionResult Second([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{name}")] HttpRequest request) =>
            new OkObjectResult(request.Path);
    }
}
