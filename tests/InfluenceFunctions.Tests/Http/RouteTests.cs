using System.Net;

namespace InfluenceFunctions.Tests.Http;

[Collection(AppCollection.Name)]
public sealed class RouteTests(AppFixture fixture)
{
    [Theory]
    [InlineData("GET", "/nothing")]
    [InlineData("POST", "/boards/global")]
    [InlineData("POST", "/admin/functions/Nothing")]
    public async Task An_address_that_no_function_has_is_the_hosts_404(string method, string path)
    {
        var response = await SendAsync(method, path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing")]
    [InlineData("POST", "/api/v1/profiles/n:a/b/c/d")]
    [InlineData("GET", "/api/")]
    [InlineData("GET", "/api/v1/profiles//badge.svg")]
    [InlineData("OPTIONS", "/api/v1/nothing")]
    public async Task An_address_below_api_that_is_no_call_is_a_problem(string method, string path)
    {
        var response = await SendAsync(method, path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("unknown_call", (await response.ProblemAsync()).Code);
    }

    [Theory]
    [InlineData("GET", "/api/v1/interactions", "OPTIONS, POST")]
    [InlineData("DELETE", "/api/v1/leaderboards", "GET, HEAD")]
    [InlineData("POST", "/api/v1/profiles/n:a", "DELETE, GET, HEAD, PUT")]
    [InlineData("PUT", "/api/v1/metrics", "POST")]
    [InlineData("OPTIONS", "/api/v1/metrics", "POST")]
    [InlineData("PUT", "/api/v1/webhooks/github", "GET, POST")]
    [InlineData("PATCH", "/api/v1/leaderboards/global/around/n:a", "GET, HEAD")]
    [InlineData("HEAD", "/api/v1/audit", "GET")]
    public async Task A_wrong_method_is_405_and_names_the_right_ones(string method, string path, string allow)
    {
        var response = await SendAsync(method, path);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allow, string.Join(", ", response.Content.Headers.Allow));
        if (method != "HEAD")
            Assert.Equal("method_not_allowed", (await response.ProblemAsync()).Code);
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path) =>
        fixture.App.Operator.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
}
