namespace Influence.Connectors.Tests.Sources;

/// <summary>What deliveries show of who is who.</summary>
public sealed class SightingTests
{
    [Theory]
    [InlineData("github", "issue-comment-created")]
    [InlineData("gitlab", "note-on-merge-request")]
    [InlineData("gitea", "comment-created")]
    [InlineData("discourse", "reply")]
    public void Sources_whose_logins_change_tell_the_ids_that_stay(string source, string sample)
    {
        var translation = Translate(source, sample);
        var told = translation.Items.SelectMany(i => i is RememberFacts r ? r.Facts : [((TakeFact)i).Fact]).OfType<Interaction>().ToArray();
        Assert.Contains(told[0].Actor, translation.Sightings.Accounts.Values);
        Assert.All(
            translation.Sightings.Accounts,
            s => Assert.True(long.Parse(s.Key, System.Globalization.CultureInfo.InvariantCulture) > 0)
        );
        Assert.Empty(translation.Sightings.Moves);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("twitch")]
    [InlineData("telegram")]
    [InlineData("slack")]
    [InlineData("bluesky")]
    [InlineData("farcaster")]
    [InlineData("meta")]
    public void Sources_whose_accounts_are_such_ids_tell_none(string source) =>
        Assert.All(
            Sample.All().Where(s => s.Source == source),
            s => Assert.Empty(Some.Connector(source).Translate(s.Delivery, Some.Now)!.Sightings.Accounts)
        );

    [Theory]
    [InlineData("github", "issue-comment-in-private-repository")]
    [InlineData("github", "issue-comment-by-bot")]
    [InlineData("gitea", "issue-in-private-repository")]
    [InlineData("discourse", "personal-message")]
    public void Nobody_is_seen_in_private_places_nor_are_bots(string source, string sample) =>
        Assert.Empty(Translate(source, sample).Sightings.Accounts);

    [Fact]
    public void An_actor_says_that_it_moved() =>
        Assert.Equal(
            [Claim("fediverse:mira@a.example", "fediverse:mira@b.example", MoveEnd.From)],
            Moves(
                """
                {"type":"Move","actor":"https://a.example/users/mira","object":"https://a.example/users/mira",
                "target":"https://b.example/users/mira"}
                """
            )
        );

    [Fact]
    public void The_other_end_says_as_whom_it_was_known()
    {
        const string Update = """
            {"type":"Update","actor":"https://b.example/users/mira","object":{"id":"https://b.example/users/mira","type":"Person",
            "alsoKnownAs":["https://a.example/users/mira","https://c.example/@mira","https://b.example/users/mira",7]}}
            """;
        Assert.Equal(
            [
                Claim("fediverse:mira@a.example", "fediverse:mira@b.example", MoveEnd.To),
                Claim("fediverse:mira@c.example", "fediverse:mira@b.example", MoveEnd.To),
            ],
            Moves(Update)
        );
    }

    [Fact]
    public void A_document_of_an_actor_says_it_too() =>
        Assert.Equal(
            [Claim("fediverse:mira@a.example", "fediverse:mira@b.example", MoveEnd.From)],
            Moves(
                """
                {"type":"Update","actor":{"id":"https://a.example/users/mira","movedTo":"https://b.example/users/mira"},
                "object":{"id":"https://a.example/users/mira","movedTo":"https://b.example/users/mira"}}
                """
            )
        );

    [Theory]
    // Somebody else's move.
    [InlineData(
        """{"type":"Move","actor":"https://e.example/@eve","object":"https://a.example/@mira","target":"https://b.example/@mira"}"""
    )]
    // Another server's word on the target.
    [InlineData(
        """{"type":"Update","actor":"https://e.example/@e","object":{"id":"https://b.example/@m","alsoKnownAs":"https://e.example/@e"}}"""
    )]
    [InlineData("""{"type":"Move","actor":"https://a.example/@mira","object":"https://a.example/@mira"}""")]
    [InlineData(
        """{"type":"Move","actor":"https://a.example/@mira","object":"https://a.example/@mira","target":"https://a.example/@mira"}"""
    )]
    [InlineData("""{"type":"Move"}""")]
    public void Nobody_speaks_for_another(string body) => Assert.Empty(Moves(body));

    [Fact]
    public void A_move_that_brings_the_targets_document_is_still_only_one_end() =>
        Assert.Equal(
            [Claim("fediverse:eve@e.example", "fediverse:mira@b.example", MoveEnd.From)],
            Moves(
                """
                {"type":"Move","actor":"https://e.example/users/eve","object":"https://e.example/users/eve",
                "target":{"id":"https://b.example/users/mira","alsoKnownAs":["https://e.example/users/eve"]}}
                """
            )
        );

    private static MoveClaim Claim(string from, string to, MoveEnd by) => new(AccountId.Parse(from), AccountId.Parse(to), by);

    private static IEnumerable<MoveClaim> Moves(string body) =>
        Some.Connector("activitystreams").Translate(Some.Delivery(body), Some.Now)!.Sightings.Moves.OrderBy(m => m.From);

    private static Translation Translate(string source, string sample) =>
        Some.Connector(source).Translate(new Sample(source, sample).Delivery, Some.Now)!;
}
