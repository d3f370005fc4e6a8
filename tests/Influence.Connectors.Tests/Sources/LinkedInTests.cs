using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Influence.Connectors.Tests.Sources;

public sealed class LinkedInTests
{
    private const string Secret = "client-secret";
    private const string Code = "890e4665-4dfe-4ab1-b689-ed553bceeed0";
    private static readonly Connector LinkedIn = Some.Connector("linkedin");

    [Fact]
    public void The_challenge_is_answered_as_documented()
    {
        var reply = LinkedIn.AnswerHandshake(Some.Get(("challengeCode", Code)), Some.Settings("", Secret, "old"))!;
        Assert.Equal("application/json; charset=utf-8", reply.ContentType);
        Assert.Equal(
            $$"""{"challengeCode":"{{Code}}","challengeResponse":"8ab4bbad570533d66462deba280bde93c1cad8b543e7f526d3e962acaf6c391a"}""",
            reply.Body
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("hmacsha256={}")]
    [InlineData("hmacsha256={\"notifications\":[]}")]
    [InlineData("a b")]
    public void A_challenge_that_could_be_a_delivery_is_not_signed(string code) =>
        Assert.Null(LinkedIn.AnswerHandshake(Some.Get(("challengeCode", code)), Some.Settings(Secret)));

    [Fact]
    public void A_challenge_without_or_with_an_endless_code_is_not_signed()
    {
        Assert.Null(LinkedIn.AnswerHandshake(Some.Get(), Some.Settings(Secret)));
        Assert.Null(LinkedIn.AnswerHandshake(Some.Get(("challengeCode", new string('a', 129))), Some.Settings(Secret)));
    }

    [Fact]
    public void The_answer_to_a_challenge_signs_no_delivery()
    {
        var answer = "8ab4bbad570533d66462deba280bde93c1cad8b543e7f526d3e962acaf6c391a";
        Assert.False(LinkedIn.VerifySignature(Some.Delivery(Code, ("X-LI-Signature", answer)), Some.Settings(Secret), Some.Now));
    }

    [Fact]
    public void Signed_is_the_prefix_and_the_body_in_bare_hex()
    {
        var body = Encoding.UTF8.GetBytes("""{"type":"ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS"}""");
        var (key, bare) = (
            Encoding.UTF8.GetBytes(Secret),
            Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body))
        );
        byte[] prefixed = [.. "hmacsha256="u8, .. body];
        var signed = Convert.ToHexStringLower(HMACSHA256.HashData(key, prefixed));
        Assert.True(VerifySignature(body, signed));
        Assert.False(VerifySignature(body, $"hmacsha256={signed}"));
        Assert.False(VerifySignature(body, bare));
    }

    [Fact]
    public void A_deleted_comment_is_found_however_its_post_is_written()
    {
        var remembered = Assert.IsType<RememberFacts>(Assert.Single(Meaning("comment").Items));
        Assert.Equal(remembered.Key, Assert.IsType<TakeBack>(Assert.Single(Meaning("comment-deleted").Items)).Key);
    }

    [Fact]
    public void A_like_that_names_nobody_is_counted_once_for_the_page_and_never_for_the_subscriber()
    {
        var like = Assert.IsType<MetricReport>(Assert.IsType<TakeFact>(Assert.Single(Meaning("like").Items)).Fact);
        Assert.Equal(
            ("linkedin:urn:li:organization:96072893", InteractionType.Like, 1.0, "like:-1266172823"),
            (like.Account.Value, like.Counts!.Value, like.Value, like.Id)
        );
        Assert.Null(FactRules.Refuse(like, ScoringPolicy.Current, Some.Now));
    }

    [Fact]
    public void One_bad_notification_costs_the_other_nine_nothing()
    {
        var batch = Meaning("batch");
        Assert.Equal([0, 1, 4, 6, 7, 8, 9], batch.Items.Select(i => i.Index));
        Assert.Equal(3, batch.Skipped.Values.Sum());
    }

    [Theory]
    [InlineData("urn:li:organization:12", "linkedin:urn:li:organization:12")]
    [InlineData("urn:li:company:12", "linkedin:urn:li:organization:12")]
    [InlineData("urn:li:person:aB_-9", "linkedin:urn:li:person:aB_-9")]
    [InlineData("urn:li:person:", null)]
    [InlineData("urn:li:share:12", null)]
    [InlineData("urn:li:person:a:b", null)]
    [InlineData("person:a", null)]
    [InlineData(null, null)]
    public void Accounts_are_people_and_pages(string? urn, string? account) =>
        Assert.Equal(account, Comment(urn, "").Select(i => i.Actor.Value).SingleOrDefault());

    [Theory]
    [InlineData("Tides #TidePool, {hashtag|\\#|eelgrass} and #1", "1 eelgrass tidepool")]
    [InlineData("C# a#b # ## #", "")]
    [InlineData("#", "")]
    [InlineData(null, "")]
    public void Hashtags_are_found_in_both_notations(string? text, string tags) =>
        Assert.Equal(tags, string.Join(' ', Comment("urn:li:person:a", text).Single().Context.Topics));

    private static IReadOnlyList<Interaction> Comment(string? owner, string? text)
    {
        var comment = JsonSerializer.Serialize(
            new
            {
                owner,
                text,
                entity = "urn:li:comment:(urn:li:activity:1,2)",
            }
        );
        var body = $$"""
            {"notifications":[{"action":"COMMENT","organizationalEntity":"urn:li:organization:99",
            "decoratedGeneratedActivity":{"comment":{{comment}} } }]}
            """;
        return [.. LinkedIn.Translate(Some.Delivery(body), Some.Now)!.Items.SelectMany(i => ((RememberFacts)i).Facts.Cast<Interaction>())];
    }

    private static bool VerifySignature(byte[] body, string signature) =>
        LinkedIn.VerifySignature(Some.Delivery(body, [KeyValuePair.Create("X-LI-Signature", signature)]), Some.Settings(Secret), Some.Now);

    private static Translation Meaning(string sample) => LinkedIn.Translate(new Sample("linkedin", sample).Delivery, Some.Now)!;
}
