using System.Globalization;
using System.Text;

namespace Influence.Connectors.Tests.Sources;

public sealed class TwitchTests
{
    private const string Id = "Twitch-Eventsub-Message-Id";
    private const string Moment = "Twitch-Eventsub-Message-Timestamp";
    private const string Signature = "Twitch-Eventsub-Message-Signature";

    [Theory]
    [InlineData("2026-11-20T11:58:00.634234626Z", true)]
    [InlineData("2026-11-20T11:58:00.634234627Z", false)]
    public void Id_moment_and_body_are_signed(string moment, bool isGenuine)
    {
        var delivery = Some.Delivery(
            """{"challenge":"pogchamp"}""",
            (Id, "e76c6bd4-55c9-4987-8304-da1588d8988b"),
            (Moment, moment),
            (Signature, "sha256=3c1dc3dd19dc428001b50e2928fd410b559029ff55b597a534d6ae0ffa2550b5")
        );
        const string Secret = "5f1a6e7cd2e7137ccf9e15b2f43fe63949eb84b1db83c1d5a867dc93429de4e4";
        Assert.Equal(isGenuine, Some.Connector("twitch").VerifySignature(delivery, Some.Settings(Secret), Some.Now));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(600, true)]
    [InlineData(-600, true)]
    [InlineData(601, false)]
    [InlineData(-601, false)]
    public void A_moment_ten_minutes_off_is_not_genuine(long late, bool isGenuine)
    {
        var (twitch, body) = (Some.Connector("twitch"), Encoding.UTF8.GetBytes("{}"));
        var signed = Some.Delivery(body, twitch.Sign(body, "secret", Some.Now - late));
        Assert.Equal(isGenuine, twitch.VerifySignature(signed, Some.Settings("secret"), Some.Now));
    }

    [Theory]
    [InlineData("webhook_callback_verification", "a challenge", 0)]
    [InlineData("notification", null, 1)]
    [InlineData("revocation", null, 1)]
    public void The_challenge_is_answered_only_when_it_is_one(string type, string? reply, int skipped)
    {
        var translation = Some.Connector("twitch")
            .Translate(
                Some.Delivery(
                    """{"challenge":"a challenge","subscription":{"type":"channel.update"}}""",
                    ("Twitch-Eventsub-Message-Type", type)
                ),
                Some.Now
            )!;
        Assert.Equal((reply, skipped), (translation.Reply?.Body, translation.Skipped.Count));
        Assert.Equal(reply is null ? null : "text/plain; charset=utf-8", translation.Reply?.ContentType);
    }

    [Fact]
    public void A_deletion_takes_back_the_reply_and_the_names()
    {
        var told = (RememberFacts)Items("chat-reply").Single();
        var taken = (TakeBack)Items("chat-deleted").Single();
        Assert.Equal((told.Key, 2), (taken.Key, told.Facts.Count));
        Assert.Equal("2026-11-20T11:02:15", DateTime.UnixEpoch.AddSeconds(taken.At).ToString("s", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Two_cheers_are_two_and_one_that_is_sent_again_is_one()
    {
        Assert.Equal(Cheer("first"), Cheer("first"));
        Assert.NotEqual(Cheer("first"), Cheer("second"));
    }

    private static string? Cheer(string message) =>
        (
            (Interaction)
                (
                    (TakeFact)
                        Some.Connector("twitch")
                            .Translate(Some.Delivery(new Sample("twitch", "cheer").Body, [KeyValuePair.Create(Id, message)]), Some.Now)!
                            .Items.Single()
                ).Fact
        ).Id;

    private static IReadOnlyList<TranslatedItem> Items(string sample) =>
        Some.Connector("twitch").Translate(new Sample("twitch", sample).Delivery, Some.Now)!.Items;
}
