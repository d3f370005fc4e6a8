using System.Text.Json.Nodes;

namespace Influence.Connectors.Tests.Sources;

/// <summary>Display names that payloads hold: of whom, in which form, and that none of them costs a fact.</summary>
public sealed class NameTests
{
    private const string Mira = "https://a.example/users/mira";

    [Theory]
    [InlineData("Mira Okafor", "Mira Okafor")]
    [InlineData("  Mira\n\tOkafor ", "Mira Okafor")]
    [InlineData("\u202eariM\u200b\u0000", "ariM")]
    [InlineData("👩\u200d🚀", "👩\u200d🚀")]
    [InlineData("\u200d\u2800\ue000", null)]
    [InlineData("", null)]
    public void A_strange_name_costs_no_fact(string text, string? name)
    {
        var e = GitLab("mira", text);
        Assert.Equal(name, Names("gitlab", e.ToJsonString()).Actor);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"\\ud83d\"")]
    public void Nor_does_one_that_is_no_text(string json)
    {
        var body = GitLab("mira", "THE NAME").ToJsonString().Replace("\"THE NAME\"", json, StringComparison.Ordinal);
        Assert.Null(Names("gitlab", body).Actor);
    }

    [Fact]
    public void A_name_of_megabytes_is_cut()
    {
        var (actor, _) = Names("gitlab", GitLab("mira", string.Concat(Enumerable.Repeat("👩\u200d🚀", 500_000))).ToJsonString());
        Assert.Equal(string.Concat(Enumerable.Repeat("👩\u200d🚀", 20)), actor);
    }

    [Theory]
    [InlineData("Mira Okafor", "Mira Okafor")]
    [InlineData("MIRA", null)]
    public void On_GitHub_a_login_is_the_id_already(string name, string? shown) =>
        Assert.Equal(
            (shown, null),
            Names(
                "github",
                $$$$"""
                {"action":"created","starred_at":"2026-11-20T09:00:00Z","sender":{"login":"mira","id":1,"name":"{{{{name}}}}"},
                "repository":{"id":7,"html_url":"https://github.com/acme/tool","owner":{"login":"acme","id":2}}}
                """,
                ("X-GitHub-Event", "star")
            )
        );

    [Fact]
    public void On_Slack_it_is_in_the_profile_of_a_message() =>
        Assert.Equal(
            ("Mira O.", null),
            Names(
                "slack",
                """
                {"type":"event_callback","team_id":"T1","event":{"type":"message","channel":"C1","channel_type":"channel","user":"U1",
                "ts":"1795166047.000100","thread_ts":"1795160000.000100","parent_user_id":"U2","text":"yes",
                "user_profile":{"display_name":"","real_name":"Mira O.","name":"mira"}}}
                """
            )
        );

    [Theory]
    [InlineData("""{"id":"https://a.example/ap/users/7","preferredUsername":"mira","name":"Mira"}""", "mira@a.example")]
    [InlineData("""{"id":"https://a.example/ap/users/7","name":"Mira"}""", "Mira")]
    [InlineData("""{"id":"https://a.example/users/mira","preferredUsername":"mira","name":"Mira"}""", "Mira")]
    [InlineData("""{"id":"https://a.example/users/mira","preferredUsername":"mira"}""", null)]
    [InlineData("\"https://a.example/users/mira\"", null)]
    public void An_actor_of_the_fediverse_whose_id_is_an_address_has_a_handle(string actor, string? name) =>
        Assert.Equal((name, null), Names("activitystreams", Like(actor, "\"https://b.example/users/tove/statuses/1\"")));

    [Theory]
    [InlineData("a.example", "Tove")]
    [InlineData("b.example", null)]
    public void Another_server_names_nobody(string home, string? name) =>
        Assert.Equal(
            (null, name),
            Names(
                "activitystreams",
                Like(
                    $"\"{Mira}\"",
                    $$$$"""{"id":"https://{{{{home}}}}/n/1","attributedTo":{"id":"https://{{{{home}}}}/users/tove","name":"Tove"}}"""
                )
            )
        );

    [Fact]
    public void A_group_names_none_of_the_members_of_other_servers()
    {
        var inner = Like($$$$"""{"id":"{{{{Mira}}}}","name":"Rude"}""", "\"https://b.example/users/tove/statuses/1\"")
            .Replace("""{"type":""", """{"id":"https://a.example/likes/1","type":""", StringComparison.Ordinal);
        Assert.Equal(
            (null, null),
            Names("activitystreams", $$$$"""{"type":"Announce","actor":"https://group.example/c/tides","object":{{{{inner}}}} }""")
        );
    }

    [Theory]
    [InlineData("mira.example", "@mira.example")]
    [InlineData("handle.invalid", null)]
    public void On_Bluesky_the_handles_of_a_delivery_name_its_people(string handle, string? name) =>
        Assert.Equal(
            (name, null),
            Names(
                "bluesky",
                $$$$"""
                [{"did":"did:plc:a","time_us":1795166047000000,"kind":"commit","commit":{"operation":"create",
                "collection":"app.bsky.graph.follow","rkey":"1","record":{"subject":"did:plc:b"}}},
                {"did":"did:plc:a","time_us":1795166048000000,"kind":"identity","identity":{"did":"did:plc:a","handle":"{{{{handle}}}}"}}]
                """
            )
        );

    [Fact]
    public void Items_of_ones_own_say_them_themselves() =>
        Assert.Equal(
            ("Mira", "Tove"),
            Names(
                "standard",
                """[{"type":"like","actor":"x:1","target":"x:2","actorName":"Mira","targetName":"Tove","at":"2026-11-20T09:00:00Z"}]"""
            )
        );

    [Fact]
    public void What_is_taken_back_names_nobody()
    {
        var body = Sample("farcaster", "follow-deleted");
        var undo = Assert.IsType<Undo>(Assert.IsType<TakeFact>(Assert.Single(body.Items)).Fact);
        Assert.Equal((null, null), (undo.Original.ActorName, undo.Original.TargetName));
    }

    [Fact]
    public void A_topic_that_holds_what_nobody_sees_costs_no_fact()
    {
        var like = Like(
            $"\"{Mira}\"",
            """{"id":"https://b.example/users/tove/statuses/1","tag":[{"type":"Hashtag","name":"#ti\u200bdes"}]}"""
        );
        var fact = Assert.IsType<Interaction>(Fact(Some.Connector("activitystreams").Translate(Some.Delivery(like), Some.Now)!));
        Assert.Empty(fact.Context.Topics);
        Assert.Null(FactRules.Refuse(fact, ScoringPolicy.Current, Some.Now));
    }

    private static Translation Sample(string source, string name) =>
        Some.Connector(source).Translate(new Sample(source, name).Delivery, Some.Now)!;

    private static string Like(string actor, string post) => $$$$"""{"type":"Like","actor":{{{{actor}}}},"object":{{{{post}}}} }""";

    private static JsonNode GitLab(string login, string name)
    {
        var e = JsonNode.Parse(
            $$$$"""
            {"object_kind":"note","user":{"id":1,"username":"{{{{login}}}}"},"project":{"web_url":"https://gitlab.com/acme/tool",
            "path_with_namespace":"acme/tool","visibility_level":20},"object_attributes":{"id":5,"action":"create","noteable_type":"Issue",
            "note":"yes","created_at":"2026-11-20 09:00:00 UTC"},"issue":{"author_id":2,"assignees":[{"id":2,"username":"tove"}]}}
            """
        )!;
        e["user"]!["name"] = name;
        return e;
    }

    private static (string? Actor, string? Target) Names(string source, string body, params IEnumerable<(string, string)> headers)
    {
        var translation = Some.Connector(source).Translate(Some.Delivery(body, headers), Some.Now)!;
        var fact = Assert.IsType<Interaction>(Fact(translation));
        Assert.Null(FactRules.Refuse(fact, ScoringPolicy.Current, Some.Now));
        return (fact.ActorName, fact.TargetName);
    }

    private static Fact Fact(Translation translation) =>
        Assert.Single(translation.Items) switch
        {
            RememberFacts remember => Assert.Single(remember.Facts),
            var item => Assert.IsType<TakeFact>(item).Fact,
        };
}
