using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Tests.Ingest;

/// <summary>One person, one id, whatever way it came.</summary>
public sealed class AccountFormsTests
{
    [Fact]
    public async Task Eight_spellings_of_a_name_are_one_account_and_one_vote()
    {
        await using var app = new App();
        string[] spellings = ["hy:mira", "hy:mira ", " HY:mira", "Hy:mira", "hy:ame\u0301lie", "hy:am\u00E9lie"];
        var items = spellings.Select(
            (id, i) =>
            {
                var target = id.Replace("mira", "tove", StringComparison.Ordinal).Replace("lie", "x", StringComparison.Ordinal);
                return $$"""{"type":"share","actor":"{{id}}","target":"{{target}}","at":{{app.Now}},"id":"{{i}}"}""";
            }
        );
        var taken = await app.TakeItemsAsync([.. items]);
        Assert.Equal(6, taken.Accepted);
        var refused = await app.TakeItemsAsync(Of(app, "hy:mi\\u200Bra"), Of(app, "hy:\\u202Emira"), Of(app, "https://github.com/Ann"));
        Assert.All(refused.Rejected, r => Assert.Equal("invalid_account", r.Code));
        Assert.Contains("'github:ann'", refused.Rejected[2].Message, StringComparison.Ordinal);
        await app.DrainAsync();
        Assert.Equal(1, (await app.CardAsync("HY:tove"))!.Coverage.People);
        Assert.Equal(4, (await app.CardAsync("hy:tove"))!.Coverage.Interactions);
        Assert.Equal(1, (await app.CardAsync("hy:ame\u0301x"))!.Coverage.People);
    }

    [Fact]
    public async Task An_unlisted_network_tells_case_apart_unless_a_setting_says_otherwise()
    {
        await using var apart = new App();
        await using var folded = new App(settings: ("Networks:hy:Case", "fold"));
        foreach (var (app, people) in new[] { (apart, 2), (folded, 1) })
        {
            await app.TakeItemsAsync(Of(app, "hy:Mira"), Of(app, "hy:mira"));
            await app.DrainAsync();
            Assert.Equal(people, (await app.CardAsync("net:t"))!.Coverage.People);
        }

        Assert.True(folded.Get<AccountForms>().TryParse("hy:MIRA", out var id, out _));
        Assert.Equal("hy:mira", id.Value);
    }

    [Fact]
    public async Task A_setting_extends_who_is_never_counted()
    {
        await using var app = new App(settings: [("NeverCounted:0", "hy:Robot"), ("NeverCounted:1", "GitHub:*-Ci")]);
        var result = await app.TakeItemsAsync(Of(app, "hy:Robot"), Of(app, "github:Acme-CI"), Of(app, "github:ghost"), Of(app, "hy:robot"));
        Assert.Equal([(0, "not_a_person"), (1, "not_a_person"), (2, "not_a_person")], result.Rejected.Select(r => (r.Index, r.Code)));
        Assert.Equal(1, result.Accepted);
    }

    [Theory]
    [InlineData("Networks:hy:case", "lower")]
    [InlineData("Networks:hy:Colour", "fold")]
    [InlineData("Networks:github:Case", "fold")]
    [InlineData("NeverCounted:0", "nobody")]
    [InlineData("NeverCounted", "hy:robot")]
    [InlineData("Networks:hy", "fold")]
    public void A_setting_that_is_wrong_ends_the_start_and_is_named(string key, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();
        var failure = Assert.Throws<OptionsValidationException>(() => new AccountForms(configuration));
        Assert.Contains(key.Replace(":", "__", StringComparison.Ordinal), failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Unknown_fields_are_named_with_the_field_that_was_meant()
    {
        await using var app = new App();
        var items = $"{app.Item("a", "t", extra: ",\"comunity\":\"x\",\"zzz\":1")},{app.Item("b", "t", extra: ",\"comunity\":\"x\"")}";
        var result = await app.TakeAsync($$"""{"interactions":[{{items}}],"tenant":3,"source":"crm"}""");
        Assert.Equal(2, result.Accepted);
        Assert.Equal([(null, "tenant"), (0, "comunity"), (0, "zzz")], result.Warnings.Select(w => (w.Index, w.Field)));
        Assert.All(result.Warnings, w => Assert.Equal("unknown_field", w.Code));
        Assert.Contains("Did you mean 'community'?", result.Warnings[1].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("mean", result.Warnings[2].Message, StringComparison.Ordinal);
    }

    private static string Of(App app, string actor) => app.Item("a", "t").Replace("net:a", actor, StringComparison.Ordinal);
}
