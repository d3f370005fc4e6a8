using CsCheck;

namespace Influence.Scoring.Tests.Facts;

public sealed class DisplayNameTests
{
    private static readonly Interaction Like = new()
    {
        Type = InteractionType.Like,
        Actor = AccountId.Parse("net:a"),
        Target = AccountId.Parse("net:b"),
        At = Scenario.Now,
    };

    [Theory]
    [InlineData("Mira Okafor", "Mira Okafor")]
    [InlineData("  Mira \t\r\n\u00a0\u2028 Okafor ", "Mira Okafor")]
    [InlineData("Jose\u0301", "José")]
    [InlineData("\u202eariM\u202c\u200b\u0000\u0007\ue000", "ariM")]
    [InlineData("👩\u200d🚀 می\u200cرود ❤\ufe0f", "👩\u200d🚀 می\u200cرود ❤\ufe0f")]
    [InlineData("half \ud83d", "half")]
    [InlineData("\ud83d\ud83d\ude80", "🚀")]
    [InlineData("\ufffd", null)]
    [InlineData("\u200d\u200c \ufe0f", null)]
    [InlineData("\u3164\u115f\u2800", null)]
    [InlineData(" \n ", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Any_text_becomes_a_name_or_none(string? text, string? name) => Assert.Equal(name, DisplayName.Of(text));

    [Fact]
    public void A_long_text_is_cut_between_characters_that_people_see()
    {
        const string Family = "👨\u200d👩\u200d👧";
        Assert.Equal(new string('a', 100), DisplayName.Of(new string('a', 101)));
        Assert.Equal(new string('a', 99), DisplayName.Of(new string('a', 99) + "🚀"));
        Assert.Equal(new string('a', 95), DisplayName.Of(new string('a', 95) + Family));
        Assert.Equal(new string('a', 99), DisplayName.Of(new string('a', 99) + "e\u0323\u0301"));
        Assert.Equal(new string('a', 99), DisplayName.Of(new string('a', 99) + " b"));
        Assert.Null(DisplayName.Of("a" + new string('\u0301', 200)));
        Assert.Equal(100, DisplayName.Of(new string('x', 4_000_000))!.Length);
    }

    [Fact]
    public void Whatever_the_text_the_rules_take_what_becomes_of_it() =>
        Gen.OneOf(Gen.Char.Array[0, 130], Gen.Char['\u0300', '\u036f'].Array[0, 130], Gen.Char['\ud7ff', '\ue001'].Array[0, 130])
            .Select(c => new string(c))
            .Sample(
                text =>
                {
                    if (DisplayName.Of(text) is not { } name)
                        return;
                    Assert.Null(FactRules.Refuse(Like with { ActorName = name, TargetName = name }, ScoringPolicy.Current, Scenario.Now));
                    Assert.Equal(name, DisplayName.Of(name));
                    Assert.Equal(name, (Like with { ActorName = name }).ActorName);
                },
                iter: 100_000
            );
}
