using System.Globalization;
using System.Text;

namespace InfluenceFunctions.Tests.OpenApi;

/// <summary>Calls of every operation, those that succeed and those that fail. Each finds what those before it left.</summary>
internal static class ContractCalls
{
    private const string Ann = "guild:ann";
    private const string Ben = "guild:ben";
    private const string Nobody = "guild:nobody";

    private static string Now => DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static IReadOnlyList<ContractCall> All()
    {
        ContractCall[] calls = [.. Facts(), .. Deliveries(), .. Reads(), .. Boards(), .. Operators(), .. Service()];
        // What answers GET answers HEAD, without a body.
        var heads = calls.Where(c => c.Status == 200 && Catalogue.All.Any(o => o.Id == c.Id && o.HasHead)).DistinctBy(c => c.Id);
        return [.. calls, .. heads.Select(c => c with { Id = $"{c.Id}Head", Drained = false })];
    }

    private static IEnumerable<ContractCall> Facts()
    {
        var facts =
            from target in new[] { "ann", "ben" }
            from actor in new[] { "cleo", "dan", "eve", "finn", target == "ann" ? "ben" : "ann" }
            select Item(actor, target, actor == "dan" ? "reply" : "share");
        yield return new("takeInteractions", 202, $$"""{"interactions":[{{string.Join(',', facts)}}],"source":"guild"}""");
        yield return new(
            "takeInteractions",
            202,
            $"[{Item("gil", "ann", "like")},{{\"type\":\"nod\"}},{Item("hal", "ann", "like", ",\"colour\":1")}]"
        );
        yield return new("takeInteractions", 202, Item("ida", "ann", "quote")) { ContentType = "application/x-ndjson" };
        yield return new("takeInteractions", 202, Event(Item("jan", "ann", "like"))) { ContentType = "application/cloudevents+json" };
        yield return new("takeInteractions", 202, $"[{Event(Item("kim", "ann", "like"))}]")
        {
            ContentType = "application/cloudevents-batch+json",
        };
        yield return new("takeInteractions", 202, $"[{Item("nan", "ann", "view")}]") { With = [("Idempotency-Key", "guild-7")] };
        yield return new("takeInteractions", 400, "{");
        yield return new("takeInteractions", 400, "[]") { With = [("Idempotency-Key", "no key")] };
        yield return new("takeInteractions", 400, "[]") { Headers = [("Content-Encoding", "gzip")] };
        yield return new("takeInteractions", 401, "[]") { Key = "wrong" };
        yield return new("takeInteractions", 403, "[]") { Query = "?import=true" };
        yield return new("takeInteractions", 413, $"[{string.Join(',', Enumerable.Repeat("{}", 1001))}]");
        yield return new("takeInteractions", 413, new string(' ', 1_048_577));
        yield return new("takeInteractions", 415, "a,b") { ContentType = "text/csv" };
        yield return new("takeInteractions", 422, "[{\"type\":\"nod\"}]");
        yield return new("allowEvents", 200) { With = [("WebHook-Request-Origin", "shop.example")] };
        yield return new("allowEvents", 400);
        yield return new("takeMetrics", 202, $$"""{"metrics":[{"account":"{{Ann}}","metric":"followers","value":40,"at":"{{Now}}"}]}""");
        yield return new("takeMetrics", 422, $$"""[{"account":"{{Ann}}","metric":"followers","value":-1,"at":"{{Now}}"}]""");
        yield return new("takeImport", 202, $"[{Item("lou", "cleo", "share")}]");
        yield return new("takeImport", 401, "[]") { Key = RunningApp.FunctionKey };
    }

    private static IEnumerable<ContractCall> Deliveries()
    {
        // The same number with another login: a rename.
        foreach (var login in new[] { "guild-mo", "guild-moe" })
            yield return Signed(202, Star(login), Webhook.SecretOf("github"));
        yield return Signed(401, Star("guild-mo"), "another secret");
        yield return new("takeWebhook", 404, "{}") { With = [("source", "myspace")] };
        yield return new("answerHandshake", 200)
        {
            With = [("source", "meta")],
            Query = $"?hub.mode=subscribe&hub.verify_token={Uri.EscapeDataString(Webhook.VerifyToken)}&hub.challenge=1158201444",
        };
        yield return new("answerHandshake", 200) { With = [("source", "x")], Query = "?crc_token=abc" };
        yield return new("answerHandshake", 401) { With = [("source", "meta")] };
        yield return new(
            "takeForwardedWebhook",
            202,
            """
            {"did":"did:plc:m5ra4oduyaqkx2h7wz3tfe6c","kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.like",
            "rkey":"3mfk2vuowo22b","record":{"$type":"app.bsky.feed.like","subject":{"uri":
            "at://did:plc:t7vehalden3nq5rxj2ycw4bk/app.bsky.feed.post/3mfk2vuowo66f"}}}}
            """
        )
        {
            With = [("source", "bluesky")],
        };
        yield return new("takeForwardedWebhook", 404, "{}") { With = [("source", "github")] };
    }

    private static IEnumerable<ContractCall> Reads()
    {
        yield return new("getProfile", 200) { Drained = true, With = [("id", Ann)] };
        yield return new("getProfile", 400) { With = [("id", "ann")] };
        yield return new("getProfile", 404) { With = [("id", Nobody)] };
        yield return new("listProfiles", 200) { With = [("ids", $"{Ann},{Nobody}")] };
        yield return new("listProfiles", 400);
        foreach (var call in new[] { "getBadge", "getBadgeJson" })
        {
            yield return new(call, 200) { With = [("id", Ann), ("label", "guild")] };
            yield return new(call, 400) { With = [("id", Ann), ("label", new string('x', 41))] };
            yield return new(call, 404) { With = [("id", Nobody)] };
        }

        yield return new("getOEmbed", 200) { With = [("url", $"{{root}}/profiles/{Ann}"), ("maxwidth", "300")] };
        yield return new("getOEmbed", 400) { With = [("url", $"{{root}}/profiles/{Ann}"), ("maxwidth", "0")] };
        yield return new("getOEmbed", 404) { With = [("url", "https://elsewhere.example/")] };
        yield return new("getOEmbed", 501) { With = [("format", "xml")] };
        yield return new("getPolicy", 200);
        yield return new("getPolicy", 304) { Headers = [("If-None-Match", "*")] };
        foreach (var call in new[] { "getExplanation", "getHistory" })
        {
            yield return new(call, 400) { With = [("id", Ann), (call == "getHistory" ? "days" : "since", "soon")] };
            yield return new(call, 404) { With = [("id", Nobody)] };
        }
    }

    private static IEnumerable<ContractCall> Boards()
    {
        yield return new("requestPublication", 202, "{}") { With = [("reason", "The first board")], Keep = ("id", "publication") };
        yield return new("requestPublication", 400, """{"date":"2001-01-01"}""");
        yield return new("getPublication", 200) { With = [("id", "{publication}")], UntilDone = true };
        yield return new("getPublication", 404) { With = [("id", "none")] };
        yield return new("getExplanation", 200) { With = [("id", Ann)] };
        yield return new("getHistory", 200) { With = [("id", Ann), ("days", "3")] };
        yield return new("listLeaderboards", 200) { With = [("prefix", "g"), ("top", "2")] };
        yield return new("listLeaderboards", 400) { With = [("top", "0")] };
        yield return new("listLeaderboards", 304) { Headers = [("If-None-Match", "*")] };
        yield return new("getLeaderboard", 200) { With = [("board", "global"), ("date", "latest"), ("top", "1")] };
        yield return new("getLeaderboard", 400) { With = [("board", "global"), ("top", "0")] };
        yield return new("getLeaderboard", 404) { With = [("board", "nowhere")] };
        yield return new("getLeaderboardAround", 200) { With = [("board", "global"), ("id", Ben), ("span", "2")] };
        yield return new("getLeaderboardAround", 400) { With = [("board", "global"), ("id", Ben), ("span", "51")] };
        yield return new("getLeaderboardAround", 404) { With = [("board", "global"), ("id", Nobody)] };
    }

    private static IEnumerable<ContractCall> Operators()
    {
        var both = $$"""{"accounts":["{{Ann}}","{{Ben}}"],"name":"Ann","url":"https://ann.example","reason":"She asked"}""";
        yield return new("putProfile", 200, both) { With = [("id", Ann)] };
        yield return new("putProfile", 400, """{"url":"ftp://ann.example"}""") { With = [("id", Ann)] };
        yield return new("putProfile", 409, $$"""{"accounts":["guild:cleo","{{Ben}}"]}""") { With = [("id", "guild:cleo")] };
        yield return new("putProfile", 422, $$"""{"accounts":["{{Ann}}","{{Nobody}}"]}""") { With = [("id", Ann)] };
        yield return new("putProfile", 200, """{"name":"Ann","badge":false,"reason":"She asked"}""") { With = [("id", Ann)] };
        yield return new("getBadge", 404) { With = [("id", Ann)] };
        yield return new("putProfile", 200, """{"name":"Ann","badge":true}""") { With = [("id", Ann)] };
        yield return new("deleteProfile", 200) { With = [("id", Ann), ("preview", "true"), ("reason", "She asked")] };
        yield return new("deleteProfile", 404) { With = [("id", "guild:cleo")] };
        yield return new("findRenameSuggestions", 200) { Keep = ("suggestions.0.id", "suggestion") };
        yield return new("findRenameSuggestions", 401) { Key = RunningApp.FunctionKey };
        yield return new("dismissRenameSuggestion", 204) { With = [("id", "{suggestion}"), ("reason", "Two people")] };
        yield return new("dismissRenameSuggestion", 404) { With = [("id", "{suggestion}")] };
        yield return new("setStanding", 200, """{"standing":"bot","reason":"Posts by itself"}""") { With = [("id", "guild:eve")] };
        yield return new("setStanding", 400, """{"standing":"angel","reason":"?"}""") { With = [("id", "guild:eve")] };
        yield return new("exportAccount", 200) { With = [("id", Ann), ("reason", "She asked")] };
        yield return new("exportAccount", 404) { With = [("id", Nobody)] };
        yield return new("verifyAccounts", 200, $$"""{"accounts":["{{Ann}}","{{Nobody}}"],"sample":10}""");
        yield return new("verifyAccounts", 400, "{}");
        yield return new("eraseAccount", 202) { With = [("id", "guild:gone"), ("reason", "Asked for")], Keep = ("id", "erasure") };
        yield return new("eraseAccount", 400) { With = [("id", "gone")] };
        yield return new("getErasure", 200) { With = [("id", "{erasure}")] };
        yield return new("getErasure", 404) { With = [("id", "none")] };
        yield return new("putProfile", 410, """{"accounts":["guild:gone"]}""") { With = [("id", "guild:gone")] };
        yield return new("setStanding", 410, """{"standing":"bot","reason":"Gone"}""") { With = [("id", "guild:gone")] };
        yield return new("listDeadLetters", 200)
        {
            With = [("queue", "interactions"), ("top", "1")],
            Keep = ("deadLetters.0.id", "letter"),
        };
        yield return new("listDeadLetters", 400) { With = [("since", "soon")] };
        yield return new("getDeadLetter", 200) { With = [("id", "{letter}"), ("reason", "It is new")] };
        yield return new("getDeadLetter", 404) { With = [("id", "none")] };
        yield return new("retryDeadLetter", 202) { With = [("id", "{letter}"), ("reason", "Storage is back")] };
        yield return new("retryDeadLetter", 404) { With = [("id", "{letter}")] };
        yield return new("listDeadLetters", 200) { Keep = ("deadLetters.0.id", "letter") };
        yield return new("discardDeadLetter", 204) { With = [("id", "{letter}"), ("reason", "Nonsense")] };
        yield return new("discardDeadLetter", 404) { With = [("id", "{letter}")] };
        yield return new("getAudienceNotices", 200);
        yield return new("getAudienceNotices", 401) { Key = RunningApp.FunctionKey };
        yield return new("getAudit", 200) { With = [("account", Ann)] };
        yield return new("getAudit", 400) { With = [("since", "soon")] };
    }

    private static IEnumerable<ContractCall> Service()
    {
        yield return new("getHealth", 200);
        yield return new("getHealth", 304) { Headers = [("If-None-Match", "*")] };
        yield return new("getOpenApi", 200);
        yield return new("getOpenApi", 304) { Headers = [("If-None-Match", "*")] };
        yield return new("getLive", 200);
        yield return new("getLive", 304) { Headers = [("If-None-Match", "*")] };
        yield return new("getReady", 200);
        yield return new("getReady", 304) { Headers = [("If-None-Match", "*")] };
    }

    private static ContractCall Signed(int status, string body, string secret) =>
        new("takeWebhook", status, body)
        {
            With = [("source", "github")],
            Headers =
            [
                ("X-GitHub-Event", "star"),
                .. ConnectorRegistry.Find("github")!.Sign(Encoding.UTF8.GetBytes(body), secret, Some.Now)!.Select(h => (h.Key, h.Value)),
            ],
        };

    private static string Item(string actor, string target, string type, string more = "") =>
        $$"""
            {"type":"{{type}}","actor":"guild:{{actor}}","target":"guild:{{target}}","at":"{{Now}}",
            "topics":["compilers"],"community":"guild"{{more}}}
            """.ReplaceLineEndings("");

    private static string Event(string item) =>
        $$"""{"specversion":"1.0","id":"{{Guid.NewGuid()}}","source":"guild.example","type":"fact","data":{{item}}} """.Trim();

    private static string Star(string login) =>
        $$"""
            {"action":"created","starred_at":"{{Now}}","sender":{"login":"{{login}}","id":81001,"type":"User"},
            "repository":{"id":81002,"html_url":"https://github.com/guild-works/tool",
            "owner":{"login":"guild-works","id":81003,"type":"Organization"} } }
            """;
}
