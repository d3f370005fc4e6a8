using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Influence.LocalHost.Tests.Http;

/// <summary>Bodies arrive whole, also those that the host looks into for binding data.</summary>
public sealed class BodyTests(OpenHost fixture) : IClassFixture<OpenHost>
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_500_000)]
    [InlineData(BindingData.LongestBody)]
    [InlineData(BindingData.LongestBody + 1)]
    [InlineData(6_000_000)]
    public async Task A_body_of_any_length_arrives_whole(int length)
    {
        await AssertArrivesAsync(Noise(length), isChunked: false);
        await AssertArrivesAsync(Noise(length), isChunked: true);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(1_500_000)]
    [InlineData(5_000_000)]
    public async Task A_json_object_of_any_length_arrives_whole(int length)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"id":"x","text":"{{new string('é', length / 2)}}"}""");
        await AssertArrivesAsync(json, isChunked: false);
        await AssertArrivesAsync(json, isChunked: true);
    }

    // The host waits for all of an object before it offers its properties.
    [Theory]
    [InlineData(true, HttpStatusCode.InternalServerError)]
    [InlineData(false, HttpStatusCode.OK)]
    public async Task Of_a_json_object_in_many_packets_the_last_property_counts(bool isNamed, HttpStatusCode status)
    {
        var last = isNamed ? "stop" : "halt";
        var json = Encoding.UTF8.GetBytes($$"""  {"text":"{{new string('x', 100_000)}}","{{last}}":1}""");
        using var content = new Packets(json, 4_000);
        content.Headers.ContentLength = json.Length;
        var response = await fixture.Host.Client.PostAsync("/api/stop", content);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(isNamed ? "" : $"{json.Length}", await response.Content.ReadAsStringAsync());
    }

    // As on the real host: it looks only into a body whose length it was told.
    [Fact]
    public async Task A_chunked_body_offers_nothing_by_name()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/stop") { Content = new StringContent("""{"stop":1}""") };
        request.Headers.TransferEncodingChunked = true;
        var response = await fixture.Host.Client.SendAsync(request);
        Assert.Equal("10", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_caller_who_waits_for_100_continue_gets_it()
    {
        var body = Noise(100_000);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/digest") { Content = new ByteArrayContent(body) };
        request.Headers.ExpectContinue = true;
        var response = await fixture.Host.Client.SendAsync(request);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(body)), await response.Content.ReadAsStringAsync());
    }

    private async Task AssertArrivesAsync(byte[] body, bool isChunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/digest") { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = isChunked;
        var response = await fixture.Host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(body)), await response.Content.ReadAsStringAsync());
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    /// <summary>A body that is sent in pieces, with a pause after each.</summary>
    private sealed class Packets(byte[] body, int size) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (var piece in body.Chunk(size))
            {
                await stream.WriteAsync(piece);
                await stream.FlushAsync();
                await Task.Delay(1);
            }
        }

        protected override bool TryComputeLength(out long length) => (length = body.Length) > 0;
    }
}
