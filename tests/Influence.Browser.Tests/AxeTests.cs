using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Influence.Browser.Tests;

/// <summary>The rules of axe-core that a program can check, on one page of each kind.</summary>
[Collection(SiteCollection.Name)]
public sealed class AxeTests(SiteFixture site)
{
    public static TheoryData<string, int> Kinds =>
        new()
        {
            { "/", 200 },
            { Addresses.Board(People.TopicBoard), 200 },
            { Addresses.Profile(People.Profile), 200 },
            { Addresses.How, 200 },
            { Addresses.Policy, 200 },
            { Addresses.Profile($"{People.Network}:nobody"), 404 },
            { Addresses.Embed(People.Profile), 200 },
        };

    [BrowserTheory]
    [MemberData(nameof(Kinds))]
    public Task A_page_keeps_all_rules_of_accessibility(string path, int status) => CheckAsync(path, status, ColorScheme.Light, new());

    /// <summary>Dark pages differ by their colours only.</summary>
    [BrowserTheory]
    [MemberData(nameof(Kinds))]
    public Task A_dark_page_can_be_read(string path, int status) =>
        CheckAsync(path, status, ColorScheme.Dark, new() { RunOnly = RunOnlyOptions.Rules("color-contrast") });

    private Task CheckAsync(string path, int status, ColorScheme scheme, AxeRunOptions options) =>
        site.ReadAsync(
            async reader =>
            {
                await reader.GoAsync(path, status);
                foreach (var details in await reader.Page.Locator("details > summary").AllAsync())
                    await details.ClickAsync();
                var result = await reader.Page.RunAxe(options);
                Assert.Empty(result.Violations.Select(v => $"{v.Impact} {v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
            },
            new() { ColorScheme = scheme }
        );
}
