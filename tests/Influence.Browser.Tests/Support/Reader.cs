namespace Influence.Browser.Tests.Support;

/// <summary>A reader with a browser of their own, which notes what no page of the site may do.</summary>
public sealed class Reader : IAsyncDisposable
{
    /// <summary>For how many milliseconds anything is waited for.</summary>
    public const float Patience = 20_000;

    // Sums what moved by itself after it was drawn.
    private const string Shifts = """
        () => new Promise(done => {
            let sum = 0;
            new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; })
                .observe({ type: "layout-shift", buffered: true });
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 0)));
        })
        """;

    private readonly IBrowserContext context;
    private readonly string address;
    private readonly bool hasScript;
    private readonly List<string> faults = [];

    private Reader(IBrowserContext context, IPage page, string address, bool hasScript)
    {
        (this.context, Page, this.address, this.hasScript) = (context, page, address, hasScript);
        page.Console += (_, m) =>
            Note(m.Type is "error" or "warning" && !IsOfTheAnswer(m), $"{m.Type} on the console: {m.Text} ({m.Location})");
        page.PageError += (_, e) => Note(true, $"error of a script: {e}");
        page.Request += (_, r) => Note(!r.Url.StartsWith(address + "/", StringComparison.Ordinal), $"a request elsewhere: {r.Url}");
        page.RequestFailed += (_, r) => Note(true, $"a request failed: {r.Url} {r.Failure}");
        page.Dialog += async (_, d) =>
        {
            Note(true, $"a dialog: {d.Message}");
            await d.DismissAsync();
        };
        page.Popup += (_, p) => Note(true, $"a window: {p.Url}");
    }

    public IPage Page { get; }

    /// <summary>What was noted.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (faults)
                return [.. faults];
        }
    }

    public static async Task<Reader> OpenAsync(IBrowser browser, string address, BrowserNewContextOptions options)
    {
        options.Locale ??= "en-GB";
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        return new Reader(context, page, address, options.JavaScriptEnabled != false);
    }

    /// <summary>Goes to an address of the site.</summary>
    public async Task<IResponse> GoAsync(string path, int status = 200)
    {
        var response = (await Page.GotoAsync(address + path))!;
        Assert.True(
            response.Status == status,
            $"{path} was answered with {response.Status} and not {status}: {await response.TextAsync()}"
        );
        await AssertStillAsync();
        return response;
    }

    /// <summary>Clicks what leads to another page, and waits for it.</summary>
    public async Task FollowAsync(ILocator link)
    {
        await LeadAsync(() => link.ClickAsync(), $"the page behind {link}");
    }

    /// <summary>Fills a field and presses Enter, which sends its form.</summary>
    public async Task SendAsync(string label, string text)
    {
        var field = Page.GetByLabel(label, new() { Exact = true });
        await field.FillAsync(text);
        await LeadAsync(() => field.PressAsync("Enter"), $"the answer to '{text}' in '{label}'");
    }

    /// <summary>Does what leads to another page, and waits until that is loaded.</summary>
    public async Task LeadAsync(Func<Task> act, string what)
    {
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnLoad(object? sender, IPage page) => loaded.TrySetResult();
        Page.Load += OnLoad;
        try
        {
            await act();
            await Eventually.EndsAsync(loaded.Task, what, TimeSpan.FromMilliseconds(Patience));
        }
        finally
        {
            Page.Load -= OnLoad;
        }

        await AssertStillAsync();
    }

    /// <summary>A link by what it says.</summary>
    public ILocator Link(string text) => Page.GetByRole(AriaRole.Link, new() { Name = text, Exact = true });

    /// <summary>The texts of all that a selector finds.</summary>
    public Task<IReadOnlyList<string>> TextsAsync(string selector) => Page.Locator(selector).AllInnerTextsAsync();

    /// <summary>The page's path and query.</summary>
    public string Path => Page.Url[address.Length..];

    /// <summary>Looks at what was noted, and for cookies.</summary>
    public async Task AssertCleanAsync()
    {
        foreach (var cookie in await context.CookiesAsync())
            Note(true, $"a cookie: {cookie.Name}");
        Assert.True(Faults.Count == 0, $"{Page.Url}: {string.Join("; ", Faults)}");
    }

    // A page that was loaded stays where it is.
    private async Task AssertStillAsync()
    {
        if (hasScript)
        {
            var shift = await Page.EvaluateAsync<double>(Shifts);
            Note(shift > 0, $"the page moved by {shift}");
        }

        await AssertCleanAsync();
    }

    /// <summary>Whether the page fits the window: nothing scrolls sideways but what is made to.</summary>
    public async Task AssertFitsAsync()
    {
        var widths = await Page.EvaluateAsync<int[]>(
            "() => [document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]"
        );
        Assert.True(widths[0] <= widths[1], $"{Page.Url} is {widths[0]} pixels wide in a window of {widths[1]}.");
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    // A browser writes the status of a page that says what went wrong on its console.
    private bool IsOfTheAnswer(IConsoleMessage message) =>
        message.Text.StartsWith("Failed to load resource: the server responded with a status of 4", StringComparison.Ordinal)
        && message.Location.StartsWith(Page.Url.Split('#')[0], StringComparison.Ordinal);

    private void Note(bool isFault, string fault)
    {
        if (!isFault)
            return;
        lock (faults)
            faults.Add(fault);
    }
}
