namespace Influence.Replay.Readers;

/// <summary>Reads one file format, line by line: a log of any length needs no memory.</summary>
internal interface IFactReader
{
    /// <summary>The facts in the file's order.</summary>
    /// <param name="stream">The file, unpacked.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <param name="tally">Counts what is left out.</param>
    /// <exception cref="BadLineException">A line breaks the format's rules.</exception>
    IEnumerable<FactLine> Read(Stream stream, string file, ReadTally tally);
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
internal sealed class ReadTally
{
    /// <summary>Interactions of an account with itself, which never count.</summary>
    public int SelfInteractions { get; set; }
}

/// <summary>A line that cannot be read, by file, line and the rule it breaks.</summary>
internal sealed class BadLineException(string file, int line, string rule) : ReplayFailedException($"{file}, line {line}: {rule}.");
