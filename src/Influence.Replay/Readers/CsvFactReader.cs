using System.Globalization;
using System.Text.Unicode;
using CsvHelper;

namespace Influence.Replay.Readers;

/// <summary>CSV with a header, a fact a line.</summary>
/// <remarks>
/// Columns type, actor, target, at and, where there are any, id, object, topics (<c>a;b</c>), community, undo (<c>true</c> or an id).
/// </remarks>
internal sealed class CsvFactReader : IFactReader
{
    private static readonly string[] Required = ["type", "actor", "target", "at"];
    private static readonly string[] Optional = ["id", "object", "topics", "community", "undo"];

    // No field may hold a line break, so a quotation mark that is never closed spoils one line, not the rest of the file.
    private static readonly CsvReaderOptions Strict = new()
    {
        Separator = ',',
        TrimWhitespace = true,
        TrackLineNumbers = true,
        AllowLineBreaksInQuotes = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = LineReader.MaxLine,
    };

    /// <inheritdoc/>
    public IEnumerable<FactLine> Read(Stream stream, string file, ReadTally tally)
    {
        using var csv = CsvReader.Create(stream, Strict, leaveOpen: true);
        string[] columns = [.. Guarded(() => csv.Headers.ToArray(), file).Select(h => h.Trim().ToLowerInvariant())];
        if (columns.Length > 0)
            CheckHeader(columns, file);
        while (Guarded(csv.Read, file))
        {
            var line = (int)csv.LineNumber;
            if (!Utf8.IsValid(csv.RawRecord))
                throw new BadLineException(file, line, "the line is not UTF-8");
            if (csv.FieldCount != columns.Length)
                throw new BadLineException(file, line, $"{columns.Length} columns as in the header, not {csv.FieldCount}");
            yield return FactLine.Of(Parse(columns.Zip(csv.Current.ToArray()).ToDictionary(c => c.First, c => c.Second), file, line));
        }
    }

    private static T Guarded<T>(Func<T> read, string file)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException e)
        {
            throw new BadLineException(
                file,
                (int)Math.Max(1, e.LineNumber),
                "a quotation mark is out of place, or the line is longer than 1 MiB"
            );
        }
    }

    private static void CheckHeader(string[] columns, string file)
    {
        foreach (var name in Required)
            if (!columns.Contains(name))
                throw new BadLineException(file, 1, $"the header has no column '{name}'");
        foreach (var name in columns.Except([.. Required, .. Optional]))
            throw new BadLineException(file, 1, $"the column '{name}' is none of {string.Join(", ", Required.Concat(Optional))}");
        if (columns.Distinct().Count() != columns.Length)
            throw new BadLineException(file, 1, "a column stands in the header twice");
    }

    private static InteractionFields Parse(Dictionary<string, string> cells, string file, int line)
    {
        foreach (var name in (string[])["type", "actor"])
            if (cells[name].Length == 0)
                throw new BadLineException(file, line, $"'{name}' is empty");
        if (!TryParse(cells["at"], out var at))
            throw new BadLineException(file, line, $"'at' {Timestamp.Rule}");
        return new InteractionFields(cells["type"], cells["actor"], cells["target"], at)
        {
            Id = cells.GetValueOrDefault("id"),
            Object = cells.GetValueOrDefault("object"),
            Topics =
            [
                .. cells.GetValueOrDefault("topics", "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            ],
            Community = cells.GetValueOrDefault("community"),
            Undo = UndoOf(cells.GetValueOrDefault("undo", "")),
        };
    }

    // A cell has no kinds: digits are seconds.
    private static bool TryParse(string cell, out long at) =>
        (long.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out at) || Timestamp.TryParse(cell, out at))
        && at is >= 0 and <= Timestamp.MaxSeconds;

    private static string? UndoOf(string cell) =>
        cell.ToLowerInvariant() switch
        {
            "" or "false" => null,
            "true" => "true",
            _ => cell,
        };
}
