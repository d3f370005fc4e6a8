using System.Globalization;

namespace Influence.Backup.Output;

/// <summary>Says now and then how many rows are done, and in the end what came of it.</summary>
/// <param name="output">Where to.</param>
/// <param name="clock">Measures the pauses.</param>
internal sealed class Progress(TextWriter output, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly long began = clock.GetTimestamp();
    private readonly Lock turn = new();
    private long rows;
    private long saidAt = clock.GetTimestamp();

    /// <summary>How many rows are done.</summary>
    public long Rows => Interlocked.Read(ref rows);

    /// <summary>How long it has taken so far.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(began);

    /// <summary>Counts rows.</summary>
    public void Add(int more)
    {
        var all = Interlocked.Add(ref rows, more);
        lock (turn)
        {
            if (clock.GetElapsedTime(saidAt) < Pause)
                return;
            saidAt = clock.GetTimestamp();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all:N0} rows in {Elapsed.TotalSeconds:0} s"));
        }
    }

    /// <summary>Says a line.</summary>
    public void Say(FormattableString line)
    {
        lock (turn)
            output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
    }
}
