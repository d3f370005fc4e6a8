using CsCheck;

namespace Influence.Scoring.Tests.Facts;

public sealed class FactContextTests
{
    [Theory]
    [InlineData("#Music ", "music")]
    [InlineData("# # foo", "foo")]
    [InlineData("##", "")]
    [InlineData("E\u0301te\u0301", "\u00E9t\u00E9")]
    [InlineData("J\u030C", "\u01F0")]
    public void One_topic_has_one_form(string topic, string form) =>
        Assert.Equal((form, form), FactContext.Of([topic], topic) is var c ? (c.Topics[0], c.Community) : default);

    [Fact]
    public void A_form_is_its_own_form() =>
        Gen.String[Gen.Char["aBJ# \u0301\u030C\u00C9\u0130\u200D日"], 1, 8]
            .Sample(
                text =>
                {
                    var once = FactContext.Of([text], text);
                    Assert.Equal(once, FactContext.Of(once.Topics, once.Community));
                },
                iter: 20_000
            );
}
