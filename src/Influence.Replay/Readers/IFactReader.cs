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
