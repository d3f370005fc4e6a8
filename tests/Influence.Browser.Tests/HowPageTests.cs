using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Influence.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class HowPageTests(SiteFixture site)
{
    private static readonly string[] Results = ["people", "audience", "influence", "score"];

    // Two people, one of them written with a comma, and followers.
    private static readonly (string Field, string Text)[] Typed =
    [
        ("points1", "2,5"),
        ("days1", "12"),
        ("vote1", "1.7"),
        ("points2", "40"),
        ("days2", "0.5"),
        ("vote2", ""),
        ("points3", ""),
        ("followers", "1234"),
    ];

    [BrowserFact]
    public async Task The_calculator_computes_alike_with_and_without_script()
    {
        string[] live = [],
            sent = [];
        await site.ReadAsync(async reader =>
        {
            await reader.GoAsync(Addresses.How);
            await TypeAsync(reader);
            live = await ResultsAsync(reader);
        });
        await site.ReadAsync(
            async reader =>
            {
                await reader.GoAsync(Addresses.How);
                await TypeAsync(reader);
                Assert.NotEqual(live, await ResultsAsync(reader));
                await reader.LeadAsync(
                    () => reader.Page.GetByRole(AriaRole.Button, new() { Name = "Compute", Exact = true }).ClickAsync(),
                    "the answer of the calculator"
                );
                sent = await ResultsAsync(reader);
            },
            new() { JavaScriptEnabled = false }
        );
        Assert.Equal(live, sent);
        Assert.Equal(await FormulaAsync(), sent);
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public Task What_is_no_number_is_marked(bool hasScript) =>
        site.ReadAsync(
            async reader =>
            {
                await reader.GoAsync(Addresses.How);
                await reader.Page.Locator("#points1").FillAsync("many");
                if (!hasScript)
                    await reader.LeadAsync(() => reader.Page.Locator("#points1").PressAsync("Enter"), "the answer of the calculator");
                await Expect(reader.Page.Locator("#points1")).ToHaveAttributeAsync("aria-invalid", "true");
                await Expect(reader.Page.Locator("#points2")).Not.ToHaveAttributeAsync("aria-invalid", "true");
            },
            new() { JavaScriptEnabled = hasScript }
        );

    [BrowserFact]
    public Task The_example_comes_back() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync($"{Addresses.How}?points1=9");
            await reader.FollowAsync(reader.Link("Back to the example"));
            await Expect(reader.Page.Locator("#points1")).ToHaveValueAsync("4.5");
        });

    [BrowserFact]
    public Task The_policy_says_every_number() =>
        site.ReadAsync(async reader =>
        {
            await reader.GoAsync(Addresses.How);
            await reader.FollowAsync(reader.Page.Locator("main .links a").First);
            Assert.Equal(Addresses.Policy, reader.Path);
            var policy = await PolicyAsync();
            var halfLife = policy.GetProperty("halfLifeDays").GetDouble().ToString(CultureInfo.InvariantCulture);
            Assert.Contains(halfLife, await reader.TextsAsync("section[aria-labelledby=numbers] td"));
        });

    private static async Task TypeAsync(Reader reader)
    {
        foreach (var (field, text) in Typed)
            await reader.Page.Locator($"#{field}").FillAsync(text);
    }

    private static async Task<string[]> ResultsAsync(Reader reader)
    {
        var texts = new List<string>();
        foreach (var name in Results)
            texts.Add(await reader.Page.Locator($"[data-result={name}]").InnerTextAsync());
        texts.AddRange(await reader.TextsAsync(".calculator output"));
        return [.. texts];
    }

    // By the numbers that the API publishes: the third row has days and a vote of the example, but no points.
    private async Task<string[]> FormulaAsync()
    {
        var policy = await PolicyAsync();
        double Of(string name) => policy.GetProperty(name).GetDouble();
        double Tie(double x, double days, double vote) => vote * (x / (x + Of("halfStrength"))) * Math.Pow(2, -days / Of("halfLifeDays"));
        double[] ties = [Tie(2.5, 12, 1.7), Tie(40, 0.5, 1), 0, 0, 0, 0];
        var (people, audience) = (ties.Sum(), Of("followerRate") * 1234);
        var score = Math.Min(100, 1 + Of("pointsPerDecade") * Math.Log10(1 + 10 * (people + audience)));
        return
        [
            .. new[] { people, audience, people + audience }.Select(n => n.ToString("0.0000", CultureInfo.InvariantCulture)),
            score.ToString("0.00", CultureInfo.InvariantCulture),
            .. ties.Select(n => n.ToString("0.0000", CultureInfo.InvariantCulture)),
        ];
    }

    private Task<JsonElement> PolicyAsync() => site.App.Client.GetFromJsonAsync<JsonElement>("/api/v1/policy");
}
