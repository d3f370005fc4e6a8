namespace Influence.Connectors.Tests.Sources;

public sealed class TelegramTests
{
    [Theory]
    [InlineData("a_secret-1", true)]
    [InlineData("a_secret-2", false)]
    [InlineData("", false)]
    public void The_secret_is_shown_as_it_is(string shown, bool isGenuine) =>
        Assert.Equal(
            isGenuine,
            Some.Connector("telegram")
                .VerifySignature(Some.Delivery("{}", ("x-telegram-bot-api-secret-token", shown)), Some.Settings("a_secret-1"), Some.Now)
        );

    [Theory]
    [InlineData("[]", "[1]", "like")]
    [InlineData("[1]", "[]", "undo")]
    [InlineData("[1]", "[2,3]", "message_reaction.changed")]
    [InlineData("[]", "[]", "message_reaction.changed")]
    [InlineData("null", "[1]", "like")]
    public void A_persons_reactions_to_one_post_are_one_like(string before, string after, string meaning)
    {
        var translation = Translate(
            $$$"""
            {"update_id":1,"message_reaction":{"chat":{"id":-1001,"type":"channel","username":"news"},"message_id":5,"user":{"id":7},
            "date":1795165500,"old_reaction":{{{before}}},"new_reaction":{{{after}}}}}
            """
        );
        Assert.Equal(
            meaning,
            translation.Items.Select(i => ((TakeFact)i).Fact is Undo ? "undo" : "like").Concat(translation.Skipped.Keys).Single()
        );
    }

    [Theory]
    [InlineData(0, 99)]
    [InlineData(-1, 5)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(3, 1)]
    public void A_name_beyond_the_text_names_nobody(int offset, int length) =>
        Assert.Equal(
            ["mention.unknown_account"],
            Translate(
                $$$"""
                {"message":{"message_id":5,"from":{"id":7,"username":"ann"},"date":1795165500,
                "chat":{"id":-1,"type":"group","username":"g"},
                "text":"@ann","entities":[{"type":"mention","offset":{{{offset}}},"length":{{{length}}}}]}}
                """
            ).Skipped.Keys
        );

    [Theory]
    [InlineData("""{"id":7,"type":"private","username":"ann"}""", "private_chat")]
    [InlineData("""{"id":-1,"type":"group"}""", "private_group")]
    [InlineData("""{"id":-1,"type":"channel"}""", "private_group")]
    [InlineData("{}", "private_chat")]
    public void What_few_may_see_is_not_scored(string chat, string name) =>
        Assert.Equal(
            [name],
            Translate($$$"""{"message":{"message_id":5,"from":{"id":7},"chat":{{{chat}}},"date":1795165500,"text":"hi"}}""").Skipped.Keys
        );

    [Fact]
    public void A_private_group_counts_where_that_is_switched_on_and_a_private_chat_never()
    {
        Assert.Equal("t.me/-1001500000009", Private("private-group").Select(f => f.Context.Community).Single());
        Assert.Empty(Private("private-chat"));

        static IEnumerable<Interaction> Private(string sample) =>
            Some.Connector("telegram")
                .Translate(new Sample("telegram", sample).Delivery, Some.Now, includePrivate: true)!
                .Items.Select(i => (Interaction)((TakeFact)i).Fact);
    }

    private static Translation Translate(string body) => Some.Connector("telegram").Translate(Some.Delivery(body), Some.Now)!;
}
