using System.Net.Sockets;
using System.Text;

namespace Influence.LocalHost.Tests.Http;

/// <summary>Callers who do not speak HTTP to the end: the host goes on, and blames nobody else for it.</summary>
public sealed class BrokenRequestTests(OpenHost fixture) : IClassFixture<OpenHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("POST /api/digest HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n")]
    [InlineData("POST /api/digest HTTP/1.1\r\nHost: x\r\nContent-Length: 40000000\r\n\r\nx")]
    [InlineData("POST /api/stop HTTP/1.1\r\nHost: x\r\nContent-Length: minus\r\n\r\n")]
    [InlineData("GET /api/echo/a HTTP/1.1\r\n\r\n")]
    public async Task A_request_that_is_none_is_refused_and_the_next_is_served(string request)
    {
        using var caller = await SendAsync(request);
        using var patience = new CancellationTokenSource(Patience);
        using var reader = new StreamReader(caller.GetStream());
        var line = await reader.ReadLineAsync(patience.Token);
        Assert.Matches("^HTTP/1\\.1 (400|413|500) ", line);
        await AssertServesAsync();
    }

    [Theory]
    [InlineData("POST /api/stop HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"a\":")]
    [InlineData("POST /api/digest HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nplain")]
    [InlineData("POST /api/digest HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nplain\r\n")]
    public async Task A_caller_who_leaves_in_the_middle_of_a_body_is_no_failure_of_the_host(string request)
    {
        using (await SendAsync(request))
            await Task.Delay(300);
        await Task.Delay(300);
        await AssertServesAsync();
    }

    private async Task<TcpClient> SendAsync(string request)
    {
        var address = fixture.Host.Client.BaseAddress!;
        var caller = new TcpClient();
        await caller.ConnectAsync(address.Host, address.Port);
        await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        return caller;
    }

    // What the server itself did not expect it would log as an error.
    private async Task AssertServesAsync()
    {
        Assert.Equal("", await fixture.Host.Client.GetStringAsync("/api/null"));
        Assert.DoesNotContain("fail: Microsoft.AspNetCore", fixture.Host.Log, StringComparison.Ordinal);
        Assert.Single(fixture.Host.Workers);
    }
}
