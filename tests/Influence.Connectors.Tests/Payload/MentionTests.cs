namespace Influence.Connectors.Tests.Payload;

public sealed class MentionTests
{
    [Theory]
    [InlineData("@ana and @Bo-b, @ana!", "ana bo-b")]
    [InlineData("(@ana) \"@bob\"", "ana bob")]
    [InlineData("mail ana@example.com or @@bob", "")]
    [InlineData("`@code` but @ana", "ana")]
    [InlineData("```\n@code\n```\n@ana", "ana")]
    [InlineData("> @quoted\n@ana", "ana")]
    [InlineData("@org/team @ana", "ana")]
    [InlineData("@ @- @_", "")]
    [InlineData("@averyveryverylongname", "")]
    [InlineData(null, "")]
    public void People_are_found_in_markdown(string? text, string names) => Assert.Equal(names, string.Join(' ', Mentions.In(text, 12)));

    [Fact]
    public void A_list_of_everybody_stops_early() =>
        Assert.Equal(Mentions.Max, Mentions.In(string.Join(' ', Enumerable.Range(0, 1000).Select(i => $"@user{i}")), 20).Count);
}
