using System.Reflection;

namespace Influence.Browser.Tests.Support;

/// <summary>One app with a community, and one browser, for all tests: they read only.</summary>
public sealed class SiteFixture : IAsyncLifetime
{
    private const int StartPatience = 60_000;
    private readonly TestAzurite azurite = new();
    private IPlaywright? playwright;
    private IBrowser? browser;

    public RunningApp App { get; private set; } = null!;

    public IBrowser Browser => browser!;

    /// <summary>The published days, the earliest first.</summary>
    public IReadOnlyList<DateOnly> Days { get; private set; } = [];

    /// <summary>Where the app answers, without a slash at its end.</summary>
    public string Address => App.Client.BaseAddress!.ToString().TrimEnd('/');

    public async Task InitializeAsync()
    {
        // Where all tests are skipped nothing is started.
        if (Chromium.SkipReason is not null)
            return;
        var chromium = Chromium.Require();
        await azurite.InitializeAsync();
        App = await StartAppAsync();
        var days = Seed.SendAsync(App);
        // The driver need not be copied beside the tests.
        Environment.SetEnvironmentVariable(
            "PLAYWRIGHT_DRIVER_SEARCH_PATH",
            typeof(SiteFixture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "PlaywrightPackage").Value
        );
        SetDefaultExpectTimeout(Reader.Patience);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = chromium.Path,
                Env = chromium.Variables(),
                Timeout = StartPatience,
                // In containers everybody is root.
                Args = ["--no-sandbox"],
            }
        );
        Days = await days;
    }

    /// <summary>Another app on the same storage.</summary>
    public Task<RunningApp> StartAppAsync(params (string Name, string Value)[] settings) =>
        RunningApp.StartAsync(azurite, [("Influence__SettlePasses", "1"), ("Influence__ShardsPerMessage", "256"), .. settings]);

    /// <summary>Opens a window of a new reader, reads, and looks for what no page may do.</summary>
    /// <param name="read">What the reader does.</param>
    /// <param name="options">What the reader's browser is like.</param>
    /// <param name="address">Where the site is; the app itself when not given.</param>
    public async Task ReadAsync(Func<Reader, Task> read, BrowserNewContextOptions? options = null, string? address = null)
    {
        await using var reader = await Reader.OpenAsync(Browser, address ?? Address, options ?? new());
        await read(reader);
        await reader.AssertCleanAsync();
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        if (App is not null)
            await App.DisposeAsync();
        await azurite.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class SiteCollection : ICollectionFixture<SiteFixture>
{
    public const string Name = "site";
}
