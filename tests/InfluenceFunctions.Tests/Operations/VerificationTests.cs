using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Operations;

[Collection(AppCollection.Name)]
public sealed class VerificationTests(AppFixture fixture)
{
    private readonly string net = Some.Network();

    [Fact]
    public async Task Accounts_are_verified_over_http()
    {
        await fixture.App.PostInteractionsAsync(
            Some.Batch(Enumerable.Range(0, 40).Select(i => Some.Interaction($"{net}:fan{i % 9}", $"{net}:t{i % 4}")))
        );
        await fixture.App.DrainAsync();
        var report = await VerifyAsync($$"""{"accounts":["{{net}}:t0","{{net}}:t1","{{net}}:nobody"],"repair":true}""");
        Assert.Equal(2, report.GetProperty("checked").GetInt32());
        Assert.Equal(0, report.GetProperty("repaired").GetInt32());
        Assert.Empty(report.GetProperty("drifted").EnumerateArray());
        Assert.Equal([$"{net}:nobody"], report.GetProperty("unknown").EnumerateArray().Select(u => u.GetString()));

        var sample = await VerifyAsync("""{"sample":3,"seed":7}""");
        Assert.Equal(3, sample.GetProperty("checked").GetInt32());
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("nonsense", "JSON")]
    [InlineData("null", "object")]
    [InlineData("{}", "'accounts' or 'sample'")]
    [InlineData("{\"sample\":-1}", "'sample'")]
    [InlineData("{\"sample\":1001}", "'sample'")]
    [InlineData("{\"sample\":\"many\"}", "'sample'")]
    [InlineData("{\"sample\":1,\"seed\":0.5}", "'seed'")]
    [InlineData("{\"sample\":1,\"repair\":1}", "'repair'")]
    [InlineData("{\"accounts\":\"net:a\"}", "'accounts'")]
    [InlineData("{\"accounts\":[\"net:a\",\"nobody\"]}", "'accounts[1]'")]
    [InlineData("{\"accounts\":[null]}", "'accounts[0]'")]
    public async Task A_wrong_field_is_named(string body, string field)
    {
        var response = await PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("invalid_parameter", problem.GetProperty("code").GetString());
        Assert.Contains(field, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_ids_are_the_most()
    {
        string Body(int count) => $$"""{"accounts":[{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{net}:x{i}\""))}}]}""";
        Assert.Equal(100, (await VerifyAsync(Body(100))).GetProperty("unknown").GetArrayLength());
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(Body(101))).StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(RunningApp.FunctionKey)]
    public async Task Only_operators_may_verify(string? key)
    {
        using var client = fixture.App.NewClient(key);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await client.PostAsync("/api/v1/verifications", new StringContent("{\"sample\":1}"))).StatusCode
        );
    }

    private Task<HttpResponseMessage> PostAsync(string body) =>
        fixture.App.Operator.PostAsync("/api/v1/verifications", new StringContent(body));

    private async Task<JsonElement> VerifyAsync(string body)
    {
        var response = await PostAsync(body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
