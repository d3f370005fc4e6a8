using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Ingest;

[Collection(AppCollection.Name)]
public sealed class BodyTests(AppFixture fixture)
{
    [Theory]
    [InlineData("", HttpStatusCode.BadRequest, "unparseable")]
    [InlineData("{", HttpStatusCode.BadRequest, "unparseable")]
    [InlineData("not json", HttpStatusCode.BadRequest, "unparseable")]
    [InlineData("[{\"value\":NaN}]", HttpStatusCode.BadRequest, "unparseable")]
    [InlineData("7", HttpStatusCode.BadRequest, "unparseable")]
    [InlineData("{}", HttpStatusCode.BadRequest, "unparseable")]
    [InlineData("{\"interactions\":{}}", HttpStatusCode.BadRequest, "unparseable")]
    [InlineData("{\"interactions\":[],\"interactions\":[]}", HttpStatusCode.BadRequest, "unparseable")]
    [InlineData("{\"interactions\":[],\"\\ud800nteractions\":1}", HttpStatusCode.BadRequest, "unparseable")]
    [InlineData("[{},]", HttpStatusCode.BadRequest, "unparseable")]
    [InlineData("[]", HttpStatusCode.UnprocessableEntity, "nothing_acceptable")]
    [InlineData("{\"interactions\":[]}", HttpStatusCode.UnprocessableEntity, "nothing_acceptable")]
    public async Task A_body_that_is_none_is_a_problem(string body, HttpStatusCode status, string code) =>
        await ProblemAsync(await fixture.App.PostInteractionsAsync(body), status, code);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=latin1")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("json")]
    [InlineData("")]
    public async Task Another_content_type_is_415(string contentType) =>
        await ProblemAsync(
            await fixture.App.PostInteractionsAsync("[]", contentType),
            HttpStatusCode.UnsupportedMediaType,
            "unsupported_media_type"
        );

    [Theory]
    [InlineData("deflate")]
    [InlineData("gzip", "br")]
    [InlineData("zstd")]
    public async Task Another_coding_is_415(params string[] codings)
    {
        var response = await PostCodedAsync(Encoding.UTF8.GetBytes("[]"), codings);
        Assert.Equal("gzip, br", response.Headers.GetValues("Accept-Encoding").Single());
        await ProblemAsync(response, HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity", "X-GZip")]
    public async Task A_compressed_body_is_unpacked(params string[] codings)
    {
        var net = Some.Network();
        var body = Some.Batch(Enumerable.Range(0, 900).Select(i => Some.Interaction($"{net}:{i}", $"{net}:target")));
        var packed = Pack(Encoding.UTF8.GetBytes(body), codings[^1]);
        Assert.True(packed.Length < body.Length / 4);
        var response = await PostCodedAsync(packed, codings);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(900, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accepted").GetInt32());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_body_that_unpacks_to_more_than_one_MiB_is_413(string coding) =>
        await ProblemAsync(
            await PostCodedAsync(Pack(new byte[200 * 1024 * 1024], coding), coding),
            HttpStatusCode.RequestEntityTooLarge,
            "too_large"
        );

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_body_that_is_not_what_its_coding_says_is_400(string coding)
    {
        await ProblemAsync(await PostCodedAsync(Encoding.UTF8.GetBytes("[]"), coding), HttpStatusCode.BadRequest, "unparseable");
        var cut = Pack(Encoding.UTF8.GetBytes(Some.Batch(Some.Interaction("n:a", "n:b"))), coding)[..^12];
        await ProblemAsync(await PostCodedAsync(cut, coding), HttpStatusCode.BadRequest, "unparseable");
    }

    [Fact]
    public async Task A_batch_bears_the_name_that_its_sender_gives_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/interactions");
        request.Content = new StringContent(Some.Batch(Some.Interaction("n:a", "n:b")), Encoding.UTF8, "application/json");
        request.Headers.Add("Idempotency-Key", "\"import-2026.11_7\"");
        var taken = await (await fixture.App.Client.SendAsync(request)).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("import-2026.11_7", taken.GetProperty("batch").GetString());
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task A_name_of_a_batch_that_is_none_is_400(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/metrics") { Content = new StringContent("[]") };
        request.Headers.Add("Idempotency-Key", key);
        await ProblemAsync(await fixture.App.Client.SendAsync(request), HttpStatusCode.BadRequest, "invalid_parameter");
    }

    [Fact]
    public async Task A_coding_that_is_none_is_passed_over_and_so_is_a_byte_order_mark() =>
        Assert.Equal(
            HttpStatusCode.Accepted,
            (await PostCodedAsync(Encoding.UTF8.GetBytes("\uFEFF" + Some.Batch(Some.Interaction("n:a", "n:b"))), "Identity")).StatusCode
        );

    [Fact]
    public async Task Chunks_that_are_none_are_the_senders_mistake()
    {
        var (url, key) = (fixture.App.Client.BaseAddress!, fixture.App.Client.DefaultRequestHeaders.GetValues("x-functions-key").Single());
        using var connection = new TcpClient(url.Host, url.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /api/v1/interactions HTTP/1.1\r\nHost: {url.Authority}\r\nx-functions-key: {key}\r\n"
                    + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nZZ\r\n[]\r\n0\r\n\r\n"
            )
        );
        // The host's own answer, since the request never gets to a function.
        var answer = await new StreamReader(stream).ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_items_are_taken_and_one_more_is_413()
    {
        var net = Some.Network();
        var items = Enumerable.Range(0, 1001).Select(i => Some.Interaction($"{net}:{i}", $"{net}:target")).ToList();
        Assert.Equal(HttpStatusCode.Accepted, (await fixture.App.PostInteractionsAsync(Some.Batch(items.Skip(1)))).StatusCode);
        await ProblemAsync(
            await fixture.App.PostInteractionsAsync(Some.Batch(items)),
            HttpStatusCode.RequestEntityTooLarge,
            "too_many_items"
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_one_MiB_is_413(bool isChunked)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/interactions");
        var body = Encoding.UTF8.GetBytes(new string(' ', (int)(1.1 * 1024 * 1024)) + "[]");
        request.Content = isChunked ? new StreamContent(new MemoryStream(body)) : new ByteArrayContent(body);
        request.Headers.TransferEncodingChunked = isChunked ? true : null;
        request.Content.Headers.ContentType = new("application/json");
        await ProblemAsync(await fixture.App.Client.SendAsync(request), HttpStatusCode.RequestEntityTooLarge, "too_large");
    }

    private async Task<HttpResponseMessage> PostCodedAsync(byte[] body, params string[] codings)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/interactions") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        foreach (var coding in codings)
            request.Content.Headers.ContentEncoding.Add(coding);
        return await fixture.App.Client.SendAsync(request);
    }

    private static byte[] Pack(byte[] body, string coding)
    {
        using var packed = new MemoryStream();
        using (
            Stream packer =
                coding == "br"
                    ? new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)
                    : new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)
        )
            packer.Write(body);
        return packed.ToArray();
    }

    private static async Task ProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }
}
