namespace Influence.Scoring.Tests.Facts;

public sealed class AccountIdTests
{
    public static TheoryData<string> Good =>
        [
            "twitter:12",
            "bluesky:did:plc:abc",
            "a-1:x",
            "net:a/b#c?d%2F",
            "net:😀",
            "net:שלום",
            "net: ",
            $"{new string('n', 32)}:{new string('i', 256)}",
        ];

    public static TheoryData<string?> Bad =>
        [
            null,
            "",
            ":",
            "net:",
            ":id",
            "net",
            "Net:id",
            "n_t:id",
            "né:id",
            "net:\u0000",
            "net:a\nb",
            "net:\u0085",
            $"{new string('n', 33)}:i",
            $"net:{new string('i', 257)}",
        ];

    [Theory]
    [MemberData(nameof(Good))]
    public void These_are_accounts(string text)
    {
        var id = AccountId.Parse(text);
        Assert.Equal((text, text[..text.IndexOf(':', StringComparison.Ordinal)]), (id.Value, id.Network));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void These_are_none_and_the_error_is_the_rule(string? text)
    {
        Assert.False(AccountId.TryParse(text, out _));
        Assert.Equal(AccountId.Rule, Assert.Throws<FormatException>(() => AccountId.Parse(text)).Message);
    }

    // Not theory data: runners mangle half a surrogate pair on its way to the test.
    [Fact]
    public void Half_a_surrogate_pair_is_no_character() =>
        Assert.All(["net:\ud800", "net:a\udc00b"], text => Assert.False(AccountId.TryParse(text, out _)));

    [Fact]
    public void They_order_ordinally() =>
        Assert.Equal(["n:B", "n:a", "n:ä"], new[] { "n:ä", "n:a", "n:B" }.Select(AccountId.Parse).Order().Select(a => a.Value));
}
