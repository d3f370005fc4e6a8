using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Influence.LocalHost.Tests.Http;

public sealed class HttpFunctionTests(OpenHost fixture) : IClassFixture<OpenHost>
{
    private HttpClient Client => fixture.Host.Client;

    [Theory]
    [InlineData("a%2Fb", "a%2Fb")]
    [InlineData("%23%3F%25%20", "#?% ")]
    [InlineData("a%252Fb", "a%2Fb")]
    [InlineData("%C3%A9", "é")]
    public async Task In_a_route_value_every_escape_is_decoded_but_a_slash(string sent, string received) =>
        Assert.Equal(received, (await EchoAsync($"/api/echo/{sent}")).Id);

    [Theory]
    [InlineData("POST", "/api/echo/a", HttpStatusCode.NotFound)]
    [InlineData("HEAD", "/api/echo/a", HttpStatusCode.NotFound)]
    [InlineData("OPTIONS", "/api/echo/a", HttpStatusCode.NotFound)]
    [InlineData("GET", "/echo/a", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/echo", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/broken", HttpStatusCode.InternalServerError)]
    [InlineData("HEAD", "/api/tagged", HttpStatusCode.Conflict)]
    public async Task The_hosts_own_answers_and_those_to_head_have_no_body(string method, string path, HttpStatusCode status)
    {
        var response = await Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(status, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_hosts_answer_for_a_failure_has_nothing_of_the_functions_headers()
    {
        var response = await Client.GetAsync("/api/broken");
        Assert.Null(response.Content.Headers.ContentType);
        Assert.Equal(["Date", "Server"], response.Headers.Select(h => h.Key).Order(StringComparer.Ordinal));
    }

    // As on the real host: its JSON converter is asked before the one that knows of tokens.
    [Theory]
    [InlineData("?stop=1", "", HttpStatusCode.InternalServerError)]
    [InlineData("?STOP=", "", HttpStatusCode.InternalServerError)]
    [InlineData("", """{"stop":1}""", HttpStatusCode.InternalServerError)]
    [InlineData("", """ {"a":[1],"stop":"x"}""", HttpStatusCode.InternalServerError)]
    [InlineData("?other=1", """{"halt":1}""", HttpStatusCode.OK)]
    [InlineData("", """{"inner":{"stop":1},"list":["stop"]}""", HttpStatusCode.OK)]
    [InlineData("?request=1", """{"request":1}""", HttpStatusCode.OK)]
    [InlineData("", """{"":1}""", HttpStatusCode.OK)]
    [InlineData("", """{"stop":null}""", HttpStatusCode.OK)]
    [InlineData("", """{"stop":[1]}""", HttpStatusCode.OK)]
    [InlineData("", """{"stop":1""", HttpStatusCode.OK)]
    [InlineData("", """[{"stop":1}]""", HttpStatusCode.OK)]
    [InlineData("", """{"\ud800":1}""", HttpStatusCode.OK)]
    public async Task What_a_caller_sends_by_the_name_of_a_token_is_500_with_an_empty_body(string query, string body, HttpStatusCode status)
    {
        var response = await Client.PostAsync($"/api/stop{query}", new StringContent(body));
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK ? $"{body.Length}" : "", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_route_value_wins_over_the_query_and_the_body()
    {
        Assert.Equal("route", (await EchoAsync("/api/echo/route?id=query")).Id);
        var response = await Client.PutAsync("/api/echo/route", new StringContent("""{"id":"body"}"""));
        Assert.Equal("route", (await ReadAsync(response)).Id);
    }

    [Fact]
    public async Task The_function_sees_the_callers_address_headers_and_query()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/echo/a?x=1&x=%C3%A9&y");
        request.Headers.Add("X-Own", ["one", "two"]);
        request.Headers.Host = "board.example:8443";
        // What a caller says of himself is nothing to the worker: the host knows where he calls from.
        request.Headers.Add("X-Forwarded-Host", "forged.example");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        request.Headers.Add("X-Forwarded-Prefix", "//evil.example");
        var echo = await ReadAsync(await Client.SendAsync(request));
        Assert.Equal("http://board.example:8443/api/echo/a?x=1&x=%C3%A9&y", echo.Url);
        Assert.Contains("127.0.0.1", echo.Remote, StringComparison.Ordinal);
        Assert.Equal("one,two", echo.Headers["X-Own"].Replace(", ", ",", StringComparison.Ordinal));
        Assert.DoesNotContain(echo.Headers.Values, v => v.Contains("evil.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_header_in_UTF_8_arrives_as_it_was_sent()
    {
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8 };
        using var client = new HttpClient(handler) { BaseAddress = Client.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/echo/a");
        request.Headers.TryAddWithoutValidation("X-Own", "Zoë, 東京");
        Assert.Equal("Zoë, 東京", (await ReadAsync(await client.SendAsync(request))).Headers["X-Own"]);
    }

    [Fact]
    public async Task A_callers_invocation_id_is_overwritten_and_harmless()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 5; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/echo/a");
            request.Headers.Add("x-ms-invocation-id", "00000000-0000-0000-0000-000000000001");
            var echo = await ReadAsync(await Client.SendAsync(request));
            Assert.Equal(echo.InvocationId, echo.Headers["x-ms-invocation-id"]);
            Assert.True(ids.Add(echo.InvocationId), $"{echo.InvocationId} came twice.");
        }

        Assert.DoesNotContain("00000000-0000-0000-0000-000000000001", ids);
    }

    [Fact]
    public async Task Each_of_many_calls_at_once_gets_its_own_answer()
    {
        var ids = Enumerable.Range(0, 200).Select(i => $"call{i}").ToList();
        var echoes = await Task.WhenAll(ids.Select(id => EchoAsync($"/api/echo/{id}")));
        Assert.Equal(ids, echoes.Select(e => e.Id));
        Assert.Equal(ids.Count, echoes.Select(e => e.InvocationId).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Headers_an_etag_and_304_pass_untouched()
    {
        var response = await Client.GetAsync("/api/tagged");
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("\"v1\"", response.Headers.ETag!.ToString());
        Assert.Equal("public, max-age=60", response.Headers.CacheControl!.ToString());
        Assert.Equal(["one", "two"], response.Headers.GetValues("X-Twice"));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("tagged", await response.Content.ReadAsStringAsync());

        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/tagged");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag);
        using var unchanged = await Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal("\"v1\"", unchanged.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task A_redirect_is_the_callers_to_follow()
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = Client.BaseAddress };
        var response = await client.GetAsync("/api/elsewhere");
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/api/tagged", response.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("text")]
    [InlineData("poco")]
    [InlineData("void")]
    [InlineData("task")]
    public async Task A_result_that_is_no_action_result_answers_200_with_nothing(string route)
    {
        var response = await Client.GetAsync($"/api/{route}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("broken-late", "Broken after the response began.")]
    [InlineData("broken-chunked", "Broken after the first chunk.")]
    public async Task A_failure_after_the_response_began_cuts_it_short_and_is_logged(string route, string logged)
    {
        using var response = await Client.GetAsync($"/api/{route}", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(route == "broken-chunked", response.Headers.TransferEncodingChunked ?? false);
        // Without the rest of its length, or without its last chunk.
        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsByteArrayAsync());
        await fixture.Host.SaysAsync(logged);
    }

    [Fact]
    public async Task A_caller_who_leaves_cancels_the_function()
    {
        var id = TestStorage.NewName();
        using var leave = new CancellationTokenSource();
        var call = Client.GetAsync($"/api/hang/{id}", leave.Token);
        await fixture.Host.CallsAsync(1, id);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal([$"{id} hangs", $"{id} cancelled"], await fixture.Host.CallsAsync(2, id));
    }

    [Fact]
    public async Task Values_of_local_settings_json_are_the_workers_environment() =>
        Assert.Equal("a value of local.settings.json", await Client.GetStringAsync("/api/settings/FromLocalSettings"));

    private async Task<Echo> EchoAsync(string path) => await ReadAsync(await Client.GetAsync(path));

    private static async Task<Echo> ReadAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var echo = await response.Content.ReadFromJsonAsync<Echo>(JsonSerializerOptions.Web);
        return echo! with { Headers = new(echo.Headers, StringComparer.OrdinalIgnoreCase) };
    }

    private sealed record Echo(string Id, string Url, string Remote, Dictionary<string, string> Headers, string InvocationId);
}
