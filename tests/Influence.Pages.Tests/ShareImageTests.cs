using Influence.Pages.Images;
using SkiaSharp;

namespace Influence.Pages.Tests;

public sealed class ShareImageTests
{
    [Theory]
    [InlineData("Ann")]
    [InlineData("אבגד Ann")]
    [InlineData("سارة")]
    [InlineData("नमस्ते")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("a name of a hundred characters, which is longer than anything that a picture of this width can hold up")]
    public void A_name_is_drawn_within_the_picture(string name)
    {
        var drawn = ShareImage.Draw(Samples.Card(name: name), [10, 12, 11], "en");
        using var image = SKBitmap.Decode(drawn);
        Assert.Equal((1200, 630), (image.Width, image.Height));
        // Something is drawn where the name stands, and nothing at the right edge.
        Assert.Contains(Enumerable.Range(80, 300), x => Enumerable.Range(70, 80).Any(y => image.GetPixel(x, y).Red < 100));
        Assert.All(Enumerable.Range(20, 600), y => Assert.True(image.GetPixel(1190, y).Red > 200));
        Assert.NotEqual(ShareImage.Draw(Samples.Card(name: null), [10, 12, 11], "en"), drawn);
    }

    [Theory]
    [InlineData("日本")]
    [InlineData("Ann 🦩")]
    public void A_name_with_a_character_of_no_font_is_left_to_the_page(string name) =>
        Assert.Equal(ShareImage.Draw(Samples.Card(name: null), [10, 12], "en"), ShareImage.Draw(Samples.Card(name: name), [10, 12], "en"));

    [Fact]
    public void The_same_profile_is_the_same_picture_and_its_line_is_of_its_scores()
    {
        var once = ShareImage.Draw(Samples.Card(), [10, 12, 11], "en");
        Assert.Equal(once, ShareImage.Draw(Samples.Card(), [10, 12, 11], "en"));
        Assert.NotEqual(once, ShareImage.Draw(Samples.Card(), [10, 12, 15], "en"));
        Assert.NotEqual(once, ShareImage.Draw(Samples.Card(), [], "en"));
        Assert.NotEqual(once, ShareImage.Draw(Samples.Card(), [10, 12, 11], "de"));
        Assert.InRange(once.Length, 5_000, 100_000);
    }
}
