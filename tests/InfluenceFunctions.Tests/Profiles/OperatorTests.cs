using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Profiles;

/// <summary>What operators do with people's accounts, over HTTP.</summary>
[Collection(AppCollection.Name)]
public sealed class OperatorTests(AppFixture fixture)
{
    private readonly string net = Some.Network();
    private RunningApp App => fixture.App;

    [Fact]
    public async Task A_profile_is_previewed_linked_and_unlinked()
    {
        await SendAsync();
        var path = $"/api/v1/profiles/{net}:a";
        var body = $$"""
            {"accounts":["{{net}}:a","{{net}}:b"],"name":"Ann",
             "url":"https://ann.example","avatar":"https://ann.example/a.png","reason":"she said so"}
            """;
        var preview = await JsonAsync(HttpMethod.Put, $"{path}?preview=true", body);
        Assert.True(preview.GetProperty("preview").GetBoolean());
        Assert.Equal(2, preview.GetProperty("before").GetArrayLength());
        Assert.False((await App.CardAsync($"{net}:b"))!.Value.TryGetProperty("accounts", out _));

        var linked = await JsonAsync(HttpMethod.Put, path, body);
        Assert.Equal(preview.GetProperty("influence").GetDouble(), linked.GetProperty("influence").GetDouble(), 1e-6);
        var card = (await App.CardAsync($"{net}:b"))!.Value;
        Assert.Equal(("Ann", $"{net}:a"), (card.GetProperty("name").GetString(), card.GetProperty("id").GetString()));
        Assert.Equal("https://ann.example", card.GetProperty("url").GetString());
        Assert.Equal(2, card.GetProperty("accounts").GetArrayLength());

        var conflict = await ProblemAsync(
            HttpMethod.Put,
            $"/api/v1/profiles/{net}:t",
            $$"""{"accounts":["{{net}}:t","{{net}}:b"]}""",
            HttpStatusCode.Conflict
        );
        Assert.Equal("linked_elsewhere", conflict.GetProperty("code").GetString());
        Assert.Contains($"'{net}:a'", conflict.GetProperty("detail").GetString(), StringComparison.Ordinal);

        await JsonAsync(HttpMethod.Delete, $"{path}?reason=undone", null);
        Assert.False((await App.CardAsync($"{net}:b"))!.Value.TryGetProperty("accounts", out _));
        Assert.Equal(
            "unknown_profile",
            (await ProblemAsync(HttpMethod.Delete, path, null, HttpStatusCode.NotFound)).GetProperty("code").GetString()
        );
    }

    [Theory]
    [InlineData("""{"accounts":["NET:a","NET:nobody"]}""", HttpStatusCode.UnprocessableEntity, "NET:nobody")]
    [InlineData("""{"accounts":["NET:a","NET:a"]}""", HttpStatusCode.BadRequest, "accounts[1]")]
    [InlineData("""{"accounts":["NET:b"]}""", HttpStatusCode.BadRequest, "'NET:a'")]
    [InlineData("""{"accounts":["NET:a","no account"]}""", HttpStatusCode.BadRequest, "accounts[1]")]
    [InlineData("""{"accounts":[]}""", HttpStatusCode.BadRequest, "1 to 20")]
    [InlineData("""{"accounts":"NET:a"}""", HttpStatusCode.BadRequest, "'accounts'")]
    [InlineData("""{"avatar":"http://a.example/x.png"}""", HttpStatusCode.BadRequest, "'avatar'")]
    [InlineData("""{"url":"javascript:alert(1)"}""", HttpStatusCode.BadRequest, "'url'")]
    [InlineData("""{"url":" \n https://ann.example"}""", HttpStatusCode.BadRequest, "'url'")]
    [InlineData("""{"url":"https:\\\\ann.example"}""", HttpStatusCode.BadRequest, "'url'")]
    [InlineData("""{"avatar":"https://ann.example/\u0001"}""", HttpStatusCode.BadRequest, "'avatar'")]
    [InlineData("""{"name":"\u0007"}""", HttpStatusCode.BadRequest, "'name'")]
    [InlineData("[]", HttpStatusCode.BadRequest, "JSON object")]
    [InlineData("", HttpStatusCode.BadRequest, "JSON object")]
    public async Task A_profile_that_cannot_be_is_refused_by_field_and_rule(string body, HttpStatusCode status, string named)
    {
        await SendAsync();
        body = body.Replace("NET", net, StringComparison.Ordinal);
        var problem = await ProblemAsync(HttpMethod.Put, $"/api/v1/profiles/{net}:a", body, status);
        Assert.Contains(
            named.Replace("NET", net, StringComparison.Ordinal),
            problem.GetProperty("detail").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Ids_that_are_one_account_and_a_twenty_first_are_refused()
    {
        await SendAsync();
        var path = "/api/v1/profiles/github:ann";
        var problem = await ProblemAsync(HttpMethod.Put, path, """{"accounts":["github:ann","GitHub:@Ann"]}""", HttpStatusCode.BadRequest);
        Assert.Contains("twice", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var many = string.Join(',', Enumerable.Range(0, 21).Select(i => $"\"{net}:m{i}\""));
        problem = await ProblemAsync(
            HttpMethod.Put,
            $"/api/v1/profiles/{net}:m0",
            $$"""{"accounts":[{{many}}]}""",
            HttpStatusCode.BadRequest
        );
        Assert.Contains("1 to 20", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_standing_is_set_with_a_reason_and_told_to_the_audit_by_hash()
    {
        await SendAsync();
        var path = $"/api/v1/accounts/{net}:a/standing";
        var set = await JsonAsync(HttpMethod.Put, path, """{"standing":"bot","reason":"posts by itself"}""");
        Assert.Equal(("bot", "member"), (set.GetProperty("standing").GetString(), set.GetProperty("before").GetString()));
        Assert.Equal("bot", (await App.CardAsync($"{net}:a"))!.Value.GetProperty("standing").GetString());
        await ProblemAsync(HttpMethod.Put, path, """{"standing":"angel","reason":"x"}""", HttpStatusCode.BadRequest);
        await ProblemAsync(HttpMethod.Put, path, """{"standing":"bot"}""", HttpStatusCode.BadRequest);
        var long_ = await ProblemAsync(
            HttpMethod.Put,
            path,
            $$"""{"standing":"bot","reason":"{{new string('x', 10_000)}}"}""",
            HttpStatusCode.BadRequest
        );
        Assert.Contains("500", long_.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await JsonAsync(HttpMethod.Put, path, """{"standing":"member","reason":"a mistake"}""");

        var audit = await JsonAsync(HttpMethod.Get, $"/api/v1/audit?account={net}:a", null);
        var entries = audit.GetProperty("entries").EnumerateArray().ToList();
        Assert.Equal(["bot", "member"], entries.Select(e => e.GetProperty("what").GetString()));
        Assert.Equal("posts by itself", entries[0].GetProperty("why").GetString());
        Assert.DoesNotContain(net, audit.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_says_what_is_kept_and_an_erasure_ends_it()
    {
        await SendAsync();
        var export = await JsonAsync(HttpMethod.Get, $"/api/v1/accounts/{net}:a/export", null);
        Assert.Equal($"{net}:a", export.GetProperty("account").GetString());
        Assert.Contains(export.GetProperty("facts").EnumerateArray(), f => f.GetProperty("actor").GetString() == $"{net}:x");

        var erased = await App.Operator.DeleteAsync($"/api/v1/accounts/{net}:a?reason=asked");
        Assert.Equal(HttpStatusCode.Accepted, erased.StatusCode);
        Assert.Null(await App.CardAsync($"{net}:a"));
        await Eventually.HoldsAsync(
            "the account is erased",
            async () =>
                (await App.Operator.GetFromJsonAsync<JsonElement>(erased.Headers.Location)).GetProperty("status").GetString() == "erased",
            TimeSpan.FromMinutes(2),
            () => App.Log
        );
        Assert.Equal(HttpStatusCode.NotFound, (await App.Operator.GetAsync($"/api/v1/accounts/{net}:a/export")).StatusCode);
        var refused = await (
            await App.PostInteractionsAsync(Some.Batch(Some.Interaction($"{net}:a", $"{net}:b")))
        ).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("erased_account", refused.GetProperty("rejected")[0].GetProperty("code").GetString());
        var gone = await ProblemAsync(
            HttpMethod.Put,
            $"/api/v1/profiles/{net}:b",
            $$"""{"accounts":["{{net}}:b","{{net}}:a"]}""",
            HttpStatusCode.Gone
        );
        Assert.Equal("erased_account", gone.GetProperty("code").GetString());
        await ProblemAsync(
            HttpMethod.Put,
            $"/api/v1/accounts/{net}:a/standing",
            """{"standing":"bot","reason":"x"}""",
            HttpStatusCode.Gone
        );
    }

    [Theory]
    [InlineData("PUT", "profiles/n:a")]
    [InlineData("DELETE", "profiles/n:a")]
    [InlineData("PUT", "accounts/n:a/standing")]
    [InlineData("DELETE", "accounts/n:a")]
    [InlineData("GET", "accounts/n:a/export")]
    [InlineData("GET", "audit")]
    [InlineData("GET", "erasures/x")]
    public async Task Operators_show_the_admin_key(string method, string path)
    {
        var response = await App.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), $"/api/v1/{path}"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private async Task SendAsync()
    {
        await App.PostInteractionsAsync(
            Some.Batch(
                Some.Interaction($"{net}:x", $"{net}:a"),
                Some.Interaction($"{net}:b", $"{net}:a"),
                Some.Interaction($"{net}:x", $"{net}:b"),
                Some.Interaction($"{net}:x", $"{net}:t")
            )
        );
        await App.DrainAsync();
    }

    private async Task<JsonElement> JsonAsync(HttpMethod method, string path, string? body)
    {
        var response = await SendAsync(method, path, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<JsonElement> ProblemAsync(HttpMethod method, string path, string? body, HttpStatusCode status)
    {
        var response = await SendAsync(method, path, body);
        Assert.Equal(status, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body) =>
        App.Operator.SendAsync(
            new HttpRequestMessage(method, path)
            {
                Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
            }
        );
}
