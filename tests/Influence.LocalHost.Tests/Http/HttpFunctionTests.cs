using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Hosting;

namespace Influence.LocalRuntime.Tests.Http;

[Collection(AzuriteCollection.Name)]
public sealed class HttpFunctionTests(TestAzurite azurite)
{
    [Theory]
    [InlineData("a%2Fb", "a%2Fb")]
    [InlineData("%23%3F%25%20", "#?% ")]
    [InlineData("a%252Fb", "a%2Fb")]
    [InlineData("%C3%A9", "é")]
    public async Task In_a_route_value_every_escape_is_decoded_but_a_slash(string sent, string received)
    {
        await using var app = await StartAsync();
        Assert.Equal(received, await app.Client.GetStringAsync($"/api/echo/{sent}"));
    }

    [Theory]
    [InlineData("POST", "/api/echo/a", HttpStatusCode.NotFound)]
    [InlineData("HEAD", "/api/echo/a", HttpStatusCode.NotFound)]
    [InlineData("GET", "/echo/a", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/broken", HttpStatusCode.InternalServerError)]
    public async Task The_hosts_own_answers_have_no_body(string method, string path, HttpStatusCode status)
    {
        await using var app = await StartAsync();
        var response = await app.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(status, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_body_of_one_and_a_half_megabytes_arrives_whole()
    {
        await using var app = await StartAsync();
        var response = await app.Client.PostAsync("/api/length", new ByteArrayContent(new byte[1_500_000]));
        Assert.Equal("1500000", await response.Content.ReadAsStringAsync());
    }

    // As on the real host: its JSON converter is asked before the one that knows of tokens.
    [Theory]
    [InlineData("?cancellationToken=1", "", HttpStatusCode.InternalServerError)]
    [InlineData("?CANCELLATIONTOKEN=", "", HttpStatusCode.InternalServerError)]
    [InlineData("", """{"cancellationToken":1}""", HttpStatusCode.InternalServerError)]
    [InlineData("", """ {"a":[1],"cancellationToken":"x"}""", HttpStatusCode.InternalServerError)]
    [InlineData("?other=1", """{"stop":1}""", HttpStatusCode.OK)]
    [InlineData("", """{"inner":{"cancellationToken":1},"list":["cancellationToken"]}""", HttpStatusCode.OK)]
    [InlineData("", """{"cancellationToken":1""", HttpStatusCode.OK)]
    [InlineData("", """[{"cancellationToken":1}]""", HttpStatusCode.OK)]
    [InlineData("", """{"\ud800":1}""", HttpStatusCode.OK)]
    public async Task What_a_caller_sends_by_the_name_of_a_token_is_500_with_an_empty_body(string query, string body, HttpStatusCode status)
    {
        await using var app = await StartAsync();
        var response = await app.Client.PostAsync($"/api/length{query}", new StringContent(body));
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK ? $"{body.Length}" : "", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_route_value_wins_over_the_query()
    {
        await using var app = await StartAsync();
        Assert.Equal("route?id=query", await app.Client.GetStringAsync("/api/echo/route?id=query"));
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)]
    [InlineData("one", null, HttpStatusCode.OK, HttpStatusCode.Unauthorized)]
    [InlineData("two", null, HttpStatusCode.OK, HttpStatusCode.Unauthorized)]
    [InlineData(null, "two", HttpStatusCode.OK, HttpStatusCode.Unauthorized)]
    [InlineData("master", null, HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData("One", null, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)]
    public async Task Keys_open_what_they_are_for(string? header, string? query, HttpStatusCode function, HttpStatusCode admin)
    {
        await using var app = await StartAsync(("FunctionKeys:0", "one"), ("FunctionKeys:1", "two"), ("MasterKey", "master"));
        if (header is not null)
            app.Client.DefaultRequestHeaders.Add("x-functions-key", header);
        Assert.Equal(function, (await app.Client.GetAsync($"/api/guarded?code={query}")).StatusCode);
        Assert.Equal(admin, (await app.Client.GetAsync($"/api/closed?code={query}")).StatusCode);
    }

    [Fact]
    public async Task Without_keys_every_caller_may_do_everything()
    {
        await using var app = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/api/closed")).StatusCode);
    }

    [Fact]
    public async Task Middleware_wraps_every_run_the_first_outermost()
    {
        await using var app = await LocalApp.StartAsync(
            azurite,
            [typeof(Functions)],
            b =>
            {
                b.UseMiddleware<Outer>();
                b.UseMiddleware<Inner>();
            }
        );
        await app.Client.GetAsync("/api/echo/a");
        Assert.Equal(["outer in Echo", "inner in Echo", "inner out", "outer out"], app.Get<Calls>().All);
    }

    [Fact]
    public async Task Middleware_sees_the_exchange_and_may_answer_in_place_of_an_exception_or_a_result()
    {
        await using var app = await LocalApp.StartAsync(azurite, [typeof(Functions)], b => b.UseMiddleware<Rescue>());
        Assert.Equal("rescued /api/broken", await app.Client.GetStringAsync("/api/broken"));
        Assert.Equal("a was returned", await app.Client.GetStringAsync("/api/echo/a"));
    }

    private Task<LocalApp> StartAsync(params (string Name, string Value)[] settings) =>
        LocalApp.StartAsync(azurite, [typeof(Functions)], null, settings);

    private sealed class Functions
    {
        [Function("Echo")]
        public Task<IActionResult> EchoAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "echo/{id}")] HttpRequest request,
            string id
        ) => Task.FromResult<IActionResult>(Text($"{id}{request.QueryString}"));

        [Function("Length")]
        public async Task<IActionResult> LengthAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "length")] HttpRequest request,
            CancellationToken cancellationToken
        )
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, cancellationToken);
            return Text($"{body.Length}");
        }

        [Function("Broken")]
        public IActionResult Broken([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "broken")] HttpRequest request) =>
            throw new InvalidOperationException(request.Path);

        [Function("Guarded")]
        public IActionResult Guarded([HttpTrigger(AuthorizationLevel.Function, "get", Route = "guarded")] HttpRequest request) =>
            Text(request.Path);

        [Function("Closed")]
        public IActionResult Closed([HttpTrigger(AuthorizationLevel.Admin, "get", Route = "closed")] HttpRequest request) =>
            Text(request.Path);

        private static PlainText Text(string? text) => new(text ?? "");
    }

    private sealed class PlainText(string text) : IActionResult
    {
        public Task ExecuteResultAsync(ActionContext context) =>
            context.HttpContext.Response.WriteAsync(text, context.HttpContext.RequestAborted);

        public override string ToString() => text;
    }

    private sealed class Rescue : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            var result = context.GetInvocationResult();
            try
            {
                await next(context);
                result.Value = new PlainText($"{result.Value} was returned");
            }
            catch (InvalidOperationException)
            {
                result.Value = new PlainText($"rescued {context.GetHttpContext()!.Request.Path}");
            }
        }
    }

    private sealed class Outer(Calls calls) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            calls.Add($"outer in {context.FunctionDefinition.Name}");
            await next(context);
            calls.Add("outer out");
        }
    }

    private sealed class Inner(Calls calls) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            calls.Add($"inner in {context.FunctionDefinition.Name}");
            await next(context);
            calls.Add("inner out");
        }
    }
}
