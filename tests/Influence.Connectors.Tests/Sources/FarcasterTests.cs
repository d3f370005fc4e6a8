namespace Influence.Connectors.Tests.Sources;

public sealed class FarcasterTests
{
    private const string Vector =
        "ddc90911a4fa7c556fcb44ad09b48f047771a453f4e96d9d261dc9a8d40fe153"
        + "177d12b8acbfc0740b44b0e449fffdc3dbf7c5c35601c655f2a49f297b2f8bd0";

    [Theory]
    [InlineData(Vector, true)]
    [InlineData("sha512=" + Vector, false)]
    [InlineData("0" + Vector, false)]
    [InlineData("", false)]
    public void The_signature_is_sha_512_in_bare_hex(string signature, bool isGenuine) =>
        Assert.Equal(
            isGenuine,
            Some.Connector("farcaster")
                .VerifySignature(
                    Some.Delivery("""{"type":"cast.created"}""", ("x-neynar-signature", signature)),
                    Some.Settings("neynar-secret"),
                    Some.Now
                )
        );

    [Fact]
    public void A_deleted_cast_takes_back_all_that_it_did()
    {
        var told = (RememberFacts)Items("reply").Single();
        var taken = (TakeBack)Items("cast-deleted").Single();
        Assert.Equal(["reply", "mention"], told.Facts.Select(i => ((Interaction)i).Type.ToString().ToLowerInvariant()));
        Assert.Equal(told.Key, taken.Key);
    }

    [Theory]
    [InlineData("like", "like-deleted")]
    [InlineData("recast", "recast-deleted")]
    [InlineData("follow", "follow-deleted")]
    public void What_is_deleted_is_what_was_created_at_its_own_moment(string created, string deleted)
    {
        var first = (Interaction)((TakeFact)Items(created).Single()).Fact;
        var undo = (Undo)((TakeFact)Items(deleted).Single()).Fact;
        Assert.Equal((first.Id, first.Actor, first.Target), (undo.Original.Id, undo.Original.Actor, undo.Original.Target));
        Assert.Equal(first.At + 1, undo.At);
    }

    [Theory]
    [InlineData("""{"type":"reaction.deleted","data":{"reaction_type":1,"user":{"fid":1},"cast":{"author":{"fid":2}}}}""")]
    [InlineData("""{"type":"cast.deleted","data":{"author":{"fid":1}}}""")]
    public void What_does_not_say_what_it_takes_back_takes_nothing_back(string body)
    {
        var translation = Some.Connector("farcaster").Translate(Some.Delivery(body), Some.Now)!;
        Assert.Empty(translation.Items);
        Assert.Equal([Translation.Malformed], translation.Skipped.Keys);
    }

    private static IReadOnlyList<TranslatedItem> Items(string sample) =>
        Some.Connector("farcaster").Translate(new Sample("farcaster", sample).Delivery, Some.Now)!.Items;
}
