using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Webhooks;

/// <summary>
/// An undo that names only the id of what it takes back. Tried from the delivery to the score card, whichever of the two comes first, and
/// sent again.
/// </summary>
[Collection(AppCollection.Name)]
public sealed class UndoByIdTests(AppFixture fixture)
{
    private const string Did = "did:plc:m5ra4oduyaqkx2h7wz3tfe6c";
    private readonly string id = Some.Network();
    private readonly string number = (1_000_000_000_000_000_000L + RandomNumberGenerator.GetInt32(int.MaxValue)).ToString(
        CultureInfo.InvariantCulture
    );

    [Theory]
    [InlineData("du")]
    [InlineData("ud")]
    [InlineData("dduud")]
    public async Task A_record_of_bluesky_is_deleted_by_its_key(string order)
    {
        var target = $"did:plc:{id}";
        string Commit(string operation, string rkey, string record = "") =>
            $$"""
                {"did":"{{Did}}","time_us":{{Some.Now}}000000,"kind":"commit","commit":{"operation":"{{operation}}",
                "collection":"app.bsky.feed.like","rkey":"{{rkey}}"{{record}} } }
                """;
        string Like(string post) => $$""","record":{"subject":{"uri":"at://{{target}}/app.bsky.feed.post/{{post}}"} }""";

        await ForwardAsync("bluesky", Commit("create", $"{id}stays", Like("2")));
        foreach (var step in order)
            await ForwardAsync("bluesky", step == 'd' ? Commit("create", id, Like("1")) : Commit("delete", id));
        Assert.Equal(1, await CountedAsync($"bluesky:{target}"));
    }

    [Theory]
    [InlineData("du")]
    [InlineData("ud")]
    [InlineData("dduud")]
    public async Task An_activity_is_undone_by_its_id(string order)
    {
        string Like(string fan) =>
            $$"""
                {"type":"Like","id":"https://{{id}}.example/likes/{{fan}}",
                "actor":"https://{{id}}.example/users/{{fan}}","object":"https://b.example/users/{{id}}/statuses/1"}
                """;
        var undo = $$"""{"type":["Undo"],"actor":{"id":"https://{{id}}.example/users/ana"},"object":"https://{{id}}.example/likes/ana"}""";

        await ForwardAsync("activitystreams", Like("another"));
        foreach (var step in order)
            await ForwardAsync("activitystreams", step == 'd' ? Like("ana") : undo);
        Assert.Equal(1, await CountedAsync($"fediverse:{id}@b.example"));
    }

    [Theory]
    [InlineData("abcu", 1)]
    [InlineData("uabc", 1)]
    [InlineData("aubuc", 1)]
    [InlineData("abcabc", 2)]
    public async Task A_reply_on_x_that_comes_as_three_events_counts_once_and_is_deleted_by_its_number(string order, int counted)
    {
        await SendAsync(Reply("post.create", "900", "5"));
        foreach (var step in order)
        {
            await SendAsync(
                step switch
                {
                    'a' => Reply("post.create", "100", "-7"),
                    'b' => Reply("post.reply.create", "100", "8"),
                    'c' => Reply("post.mention.create", "100", "-9"),
                    _ => $$"""
                    {"data":{"event_uuid":"-1","event_type":"post.delete","filter":{"user_id":"77"},
                    "payload":{"id":"{{number}}100","author_id":"77"} } }
                    """,
                }
            );
        }

        Assert.Equal(counted, await CountedAsync($"x:{number}"));
    }

    private string Reply(string type, string post, string uuid) =>
        $$"""
            {"data":{"event_uuid":"{{uuid}}","event_type":"{{type}}","filter":{"user_id":"77"},
              "payload":{"id":"{{number}}{{post}}","author_id":"77",
              "created_at":"{{DateTime.UtcNow:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","in_reply_to_user_id":"{{number}}",
              "referenced_tweets":[{"type":"replied_to","id":"1"}]} } }
            """;

    private Task SendAsync(string body) => Webhook.TakenAsync(fixture.App, "x", body);

    private async Task ForwardAsync(string source, string body)
    {
        var response = await fixture.App.Client.PostAsync(
            $"/api/v1/forwarded/{source}",
            new StringContent(body, Encoding.UTF8, "application/json")
        );
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(0, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("rejected").GetArrayLength());
        await fixture.App.DrainAsync();
    }

    private async Task<long> CountedAsync(string account) =>
        (await fixture.App.CardAsync(account))!.Value.GetProperty("coverage").GetProperty("interactions").GetInt64();
}
