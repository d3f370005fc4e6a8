using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace InfluenceFunctions.Tests;

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
    [InlineData("[]", HttpStatusCode.UnprocessableEntity, "nothing_acceptable")]
    [InlineData("{\"interactions\":[]}", HttpStatusCode.UnprocessableEntity, "nothing_acceptable")]
    public async Task A_body_that_is_none_is_a_problem(string body, HttpStatusCode status, string code) =>
        await ProblemAsync(await fixture.App.PostInteractionsAsync(body), status, code);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=latin1")]
    [InlineData("")]
    public async Task Another_content_type_is_415(string contentType) =>
        await ProblemAsync(await fixture.App.PostInteractionsAsync("[]", contentType), HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");

    [Fact]
    public async Task A_compressed_body_is_415()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/interactions") { Content = JsonContent.Create(Array.Empty<int>()) };
        request.Content.Headers.ContentEncoding.Add("gzip");
        await ProblemAsync(await fixture.App.Client.SendAsync(request), HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
    }

    [Fact]
    public async Task A_thousand_items_are_taken_and_one_more_is_413()
    {
        var net = Some.Network();
        var items = Enumerable.Range(0, 1001).Select(i => Some.Interaction($"{net}:{i}", $"{net}:target")).ToList();
        Assert.Equal(HttpStatusCode.Accepted, (await fixture.App.PostInteractionsAsync(Some.Batch(items.Skip(1)))).StatusCode);
        await ProblemAsync(await fixture.App.PostInteractionsAsync(Some.Batch(items)), HttpStatusCode.RequestEntityTooLarge, "too_many_items");
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
