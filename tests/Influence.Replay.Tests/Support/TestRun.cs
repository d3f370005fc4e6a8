using Spectre.Console;

namespace Influence.Replay.Tests.Support;

/// <summary>A folder and a console of its own for runs that follow one another.</summary>
internal sealed class TestRun : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 3, 20, 0, TimeSpan.Zero);

    private readonly StringWriter text = new();

    public TestRun() => Path = Directory.CreateTempSubdirectory("replay-").FullName;

    public string Path { get; }

    public string Output => text.ToString();

    public Folder Folder => new(System.IO.Path.Combine(Path, ".replay"));

    public IEnumerable<string> Kept =>
        Directory.Exists(System.IO.Path.Combine(Path, ".replay"))
            ? Directory.EnumerateFiles(System.IO.Path.Combine(Path, ".replay")).Select(f => System.IO.Path.GetFileName(f))
            : [];

    public Reporter Reporter
    {
        get
        {
            var settings = new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(text),
            };
            return new Reporter(AnsiConsole.Create(settings), isLive: false, TimeProvider.System);
        }
    }

    public Task RunAsync(ReplayOptions options, DateTimeOffset? now = null, CancellationToken cancellationToken = default) =>
        new ReplayRun(options, Reporter, Folder, new FixedClock(now ?? Now), new Random(1)).RunAsync(cancellationToken);

    /// <summary>Writes a file of so many interactions, a minute apart up to <paramref name="last"/>.</summary>
    public string Log(int facts, DateTimeOffset last)
    {
        var file = System.IO.Path.Combine(Path, $"log-{facts}.txt");
        var end = last.ToUnixTimeSeconds();
        File.WriteAllLines(
            file,
            Enumerable
                .Range(0, facts)
                .Select(i => $"{i + 1000} {i % 7} {end - (60L * (facts - 1 - i))} {(i % 3) switch { 0 => "RT", 1 => "MT", _ => "RE" }}")
        );
        return file;
    }

    public void Dispose()
    {
        text.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
