using System.Net;

namespace InfluenceFunctions.Tests.Http;

[Collection(AppCollection.Name)]
public sealed class RouteTests(AppFixture fixture)
{
    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/api/v1/nothing")]
    [InlineData("GET", "/api/v1/interactions")]
    [InlineData("DELETE", "/api/v1/leaderboards")]
    [InlineData("POST", "/api/v1/profiles/n:a")]
    [InlineData("PUT", "/api/v1/metrics")]
    [InlineData("HEAD", "/api/health")]
    [InlineData("OPTIONS", "/api/v1/metrics")]
    [InlineData("PUT", "/api/v1/webhooks/github")]
    [InlineData("POST", "/admin/functions/Nothing")]
    public async Task An_unknown_route_or_method_is_404_with_an_empty_body(string method, string path)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        var response = await fixture.App.Operator.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }
}
