namespace Influence.Pages.Tests;

/// <summary>Which language a page is in.</summary>
public sealed class LanguageTests
{
    [Theory]
    [InlineData(null, null, "en")]
    [InlineData("", "", "en")]
    [InlineData("de", "en", "de")]
    [InlineData("DE-at", null, "de")]
    [InlineData("fr", "de", "de")]
    [InlineData(null, "de-DE,de;q=0.9,en;q=0.8", "de")]
    [InlineData(null, "en;q=0.5, de;q=0.7", "de")]
    [InlineData(null, "fr, de;q=0.5", "de")]
    [InlineData(null, "fr, *;q=0.5, de;q=0.4", "en")]
    [InlineData(null, "de;q=0", "en")]
    [InlineData(null, "de;q=nonsense", "en")]
    [InlineData(null, "de;level=1;q=0.3, en;q=0.2", "de")]
    [InlineData(null, "en, de", "en")]
    [InlineData(null, ";;,,=", "en")]
    public void The_address_says_it_then_the_reader(string? query, string? header, string language) =>
        Assert.Equal(language, Languages.Choose(query, header));

    [Fact]
    public void A_header_of_any_length_is_answered() => Assert.Equal("en", Languages.Choose(null, new string(',', 1_000_000) + "de"));
}
