using System.Net;

namespace Influence.LocalHost.Tests.Http;

public sealed class KeyTests(KeyTests.LockedHost fixture) : IClassFixture<KeyTests.LockedHost>
{
    [Theory]
    [InlineData(null, null, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)]
    [InlineData(RunningHost.FunctionKey, null, HttpStatusCode.OK, HttpStatusCode.Unauthorized)]
    [InlineData("another", null, HttpStatusCode.OK, HttpStatusCode.Unauthorized)]
    [InlineData(null, "another", HttpStatusCode.OK, HttpStatusCode.Unauthorized)]
    [InlineData(RunningHost.MasterKey, null, HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData("Another", null, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)]
    public async Task Keys_open_what_they_are_for(string? header, string? query, HttpStatusCode function, HttpStatusCode admin)
    {
        using var client = fixture.Host.NewClient(header);
        using var guarded = await client.GetAsync($"/api/guarded?code={query}");
        Assert.Equal(function, guarded.StatusCode);
        Assert.Empty(await guarded.Content.ReadAsByteArrayAsync());
        using var closed = await client.GetAsync($"/api/closed?code={query}");
        Assert.Equal(admin, closed.StatusCode);
        Assert.Empty(await closed.Content.ReadAsByteArrayAsync());
        using var open = await client.GetAsync($"/api/null?code={query}");
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/admin/functions")]
    [InlineData("GET", "/admin/host/status")]
    [InlineData("GET", "/admin/host/ping")]
    [InlineData("POST", "/admin/host/ping")]
    public async Task The_admin_endpoints_are_the_master_keys(string method, string path)
    {
        using var nobody = await SendAsync(method, path, null);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.Equal("Bearer", nobody.Headers.WwwAuthenticate.ToString());
        Assert.Empty(await nobody.Content.ReadAsByteArrayAsync());
        using var stranger = await SendAsync(method, path, "wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        using var reader = await SendAsync(method, path, RunningHost.FunctionKey);
        Assert.Equal(HttpStatusCode.Forbidden, reader.StatusCode);
        Assert.Empty(await reader.Content.ReadAsByteArrayAsync());
        using var master = await SendAsync(method, path, RunningHost.MasterKey);
        Assert.Equal(HttpStatusCode.OK, master.StatusCode);
    }

    [Fact]
    public async Task A_function_is_run_by_the_master_key_alone()
    {
        using var nobody = await SendAsync("POST", "/admin/functions/Note", null);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        using var reader = await SendAsync("POST", "/admin/functions/Note", RunningHost.FunctionKey);
        Assert.Equal(HttpStatusCode.Forbidden, reader.StatusCode);
    }

    [Fact]
    public async Task The_home_page_can_be_switched_off()
    {
        using var response = await SendAsync("GET", "/", null);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? key)
    {
        using var client = fixture.Host.NewClient(key);
        return await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
    }

    public sealed class LockedHost : HostFixture
    {
        protected override (string Name, string Value)[] Settings =>
            [
                ("FunctionKeys__0", RunningHost.FunctionKey),
                ("FunctionKeys__1", "another"),
                ("MasterKey", RunningHost.MasterKey),
                ("AzureWebJobsDisableHomepage", "true"),
            ];
    }
}
