using System.Text;

namespace Influence.Replay.Readers;

/// <summary>Reads one file format, line by line: a log of any length needs no memory.</summary>
internal interface IFactReader
{
    /// <summary>The facts in the file's order.</summary>
    /// <param name="stream">The file, unpacked, in UTF-8.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <param name="tally">Counts what is left out, and decides about lines that cannot be read.</param>
    /// <exception cref="BadLineException">A line breaks the format's rules, and the tally does not leave it out.</exception>
    IEnumerable<FactLine> Read(Stream stream, string file, ReadTally tally);
}

/// <summary>How files are to be read.</summary>
/// <param name="Network">The network of SNAP's numbers.</param>
/// <param name="Names">What columns are called.</param>
/// <param name="IsMilliseconds">Whether whole numbers are milliseconds since 1970, not seconds.</param>
internal sealed record ReadRules(string Network, ColumnNames Names, bool IsMilliseconds)
{
    /// <summary>Those of a command line without options.</summary>
    public static ReadRules Usual { get; } = new("twitter", ColumnNames.Usual, false);
}

/// <summary>Where facts come from; it can be read as often as needed and gives the same facts each time.</summary>
internal interface IFactSource
{
    /// <summary>For people.</summary>
    string Name { get; }

    /// <summary>Names the facts: the same key, the same facts.</summary>
    string Key { get; }

    /// <summary>Whether its moments are made up, and so always moved to now.</summary>
    bool IsMadeUp { get; }

    /// <summary>The facts, oldest first where the source is a log.</summary>
    IEnumerable<FactLine> Read(ReadTally tally);
}

/// <summary>What a reader left out, and why.</summary>
/// <param name="leaveOut">Takes each line that cannot be read; without it the first one ends the reading.</param>
internal sealed class ReadTally(Action<BadLineException>? leaveOut = null)
{
    /// <summary>A tally that leaves out what cannot be read, for the passes after the first.</summary>
    public static ReadTally OfLaterPass(bool skipsBad) => new(skipsBad ? _ => { } : null);

    /// <summary>Interactions of an account with itself, which never count.</summary>
    public int SelfInteractions { get; set; }

    /// <summary>Lines that cannot be read.</summary>
    public int BadLines { get; private set; }

    /// <summary>Columns of the file that mean nothing here.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; set; } = [];

    /// <summary>What is read of a line; null if it cannot be read and is left out.</summary>
    /// <exception cref="BadLineException">It cannot be read and is not left out.</exception>
    public FactLine? Try(RawLine line, string file, Func<FactLine?> read)
    {
        try
        {
            return line.Fault is { } fault ? throw new BadLineException(file, line.Number, fault) : read();
        }
        catch (BadLineException e) when (leaveOut is not null)
        {
            BadLines++;
            e.Line = Encoding.UTF8.GetString(line.Bytes);
            leaveOut(e);
            return null;
        }
    }
}

/// <summary>A line that cannot be read, by file, line and the rule it breaks.</summary>
internal sealed class BadLineException(string file, int number, string rule) : ReplayFailedException($"{file}, line {number}: {rule}.")
{
    /// <summary>Its number, from 1.</summary>
    public int Number => number;

    /// <summary>The rule.</summary>
    public string Rule => rule;

    /// <summary>The line.</summary>
    public string Line { get; set; } = "";
}
