using Spectre.Console;

namespace Influence.Replay.Output;

/// <summary>Tells what goes on: a line that changes in a terminal, now and then a plain line elsewhere.</summary>
/// <param name="console">Where to.</param>
/// <param name="isLive">Whether a line can be changed there.</param>
/// <param name="clock">Measures the pauses between plain lines.</param>
internal sealed class Reporter(IAnsiConsole console, bool isLive, TimeProvider clock)
{
    private static readonly TimeSpan PlainPause = TimeSpan.FromSeconds(5);

    private readonly Lock turn = new();
    private Action<string>? status;
    private long? plainAt;

    /// <summary>The console of this process.</summary>
    public static Reporter ForTerminal(TimeProvider clock)
    {
        var isLive = !Console.IsOutputRedirected;
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = isLive ? AnsiSupport.Detect : AnsiSupport.No,
                Interactive = isLive ? InteractionSupport.Detect : InteractionSupport.No,
                Out = new AnsiConsoleOutput(Console.Out),
            }
        );
        if (!isLive)
            console.Profile.Width = 120;
        return new Reporter(console, isLive && console.Profile.Capabilities is { Ansi: true, Interactive: true }, clock);
    }

    /// <summary>Says something that stays.</summary>
    public void Line(string text)
    {
        // Not through the console's own wrapping: a redirected line is a line.
        if (isLive)
            console.WriteLine(text);
        else
            console.Profile.Out.Writer.WriteLine(text);
    }

    /// <summary>Shows a table.</summary>
    public void Show(Table table) => console.Write(table);

    /// <summary>Says what goes on at the moment; what follows soon replaces it.</summary>
    public void Note(string text)
    {
        lock (turn)
        {
            if (status is { } show)
            {
                show(text);
            }
            else if (plainAt is not { } last || clock.GetElapsedTime(last) >= PlainPause)
            {
                plainAt = clock.GetTimestamp();
                Line(text);
            }
        }
    }

    /// <summary>Does something that can be counted: a bar in a terminal. <see cref="Note"/> stands beside it.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="total">How many there are.</param>
    /// <param name="work">Does it; what it is given shows how many are done, and says so.</param>
    public async Task CountAsync(string title, long total, Func<Action<long, string>, Task> work)
    {
        plainAt = clock.GetTimestamp();
        if (isLive)
            await BarAsync(title, total, work);
        else
            await work((_, text) => Note(text));
    }

    /// <summary>Does something that takes a while; meanwhile <see cref="Note"/> shows how it goes.</summary>
    public async Task<T> StepAsync<T>(string title, Func<Task<T>> work)
    {
        plainAt = clock.GetTimestamp();
        if (!isLive)
            return await work();
        return await console
            .Status()
            .StartAsync(
                Markup.Escape(title),
                async context =>
                {
                    status = text => context.Status(Markup.Escape(text));
                    try
                    {
                        return await work();
                    }
                    finally
                    {
                        status = null;
                    }
                }
            );
    }

    private Task BarAsync(string title, long total, Func<Action<long, string>, Task> work)
    {
        ProgressColumn[] columns =
        [
            new ProgressBarColumn(),
            new PercentageColumn(),
            new RemainingTimeColumn(),
            new TaskDescriptionColumn { Alignment = Justify.Left },
        ];
        return console
            .Progress()
            .Columns(columns)
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(title), maxValue: total);
                status = text => bar.Description(Markup.Escape(text));
                try
                {
                    await work(
                        (done, text) =>
                        {
                            bar.Value(done);
                            Note(text);
                        }
                    );
                }
                finally
                {
                    status = null;
                }
            });
    }
}
