using Spectre.Console;

namespace Influence.Replay.Tests.Output;

public sealed class ReporterTests : IDisposable
{
    private readonly StringWriter text = new();

    [Fact]
    public async Task In_a_terminal_what_can_be_counted_has_a_bar_with_its_share_done()
    {
        await Reporter(isLive: true)
            .CountAsync(
                "Posting",
                200,
                async show =>
                {
                    show(150, "Posting: 150 of 200 facts [a]");
                    await Task.Delay(500);
                }
            );
        Assert.Contains("━", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("75%", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("150 of 200 facts [a]", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Elsewhere_it_is_plain_lines()
    {
        var reporter = Reporter(isLive: false);
        await reporter.CountAsync(
            "Posting",
            200,
            show =>
            {
                show(150, "150 of 200");
                reporter.Line("a line");
                return Task.CompletedTask;
            }
        );
        Assert.Equal("a line", text.ToString().Trim());
    }

    public void Dispose() => text.Dispose();

    private Reporter Reporter(bool isLive)
    {
        var settings = new AnsiConsoleSettings
        {
            Ansi = isLive ? AnsiSupport.Yes : AnsiSupport.No,
            Interactive = isLive ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        };
        var console = AnsiConsole.Create(settings);
        console.Profile.Width = 160;
        return new Reporter(console, isLive, TimeProvider.System);
    }
}
