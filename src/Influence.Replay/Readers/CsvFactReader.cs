using System.Text;
using CsvHelper;

namespace Influence.Replay.Readers;

/// <summary>CSV with a header, a fact a record.</summary>
/// <remarks>
/// Separated by comma, semicolon or tab. Columns stand in any order: type, actor, target, at and, where there are any, id, object, topics
/// (<c>a;b</c>), community, undo (<c>true</c> or an id), actorName, targetName. All others are passed over, and may hold line breaks in
/// quotation marks.
/// </remarks>
internal sealed class CsvFactReader(ReadRules rules) : IFactReader
{
    private const char Quote = '"';

    // Beyond that a quotation mark was not left open by a text of several lines but by mistake.
    private const int MaxLinesOfRecord = 100;
    private static readonly char[] Separators = [',', ';', '\t'];

    /// <inheritdoc/>
    public IEnumerable<FactLine> Read(Stream stream, string file, ReadTally tally)
    {
        using var lines = LineReader.Read(stream).GetEnumerator();
        if (!lines.MoveNext())
            yield break;
        var first = Encoding.UTF8.GetString(lines.Current.Bytes);
        // What Excel writes for itself: sep=;
        var hint = first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && first.Length == 5 ? first[4] : (char?)null;
        if (hint is not null && lines.MoveNext())
            first = Encoding.UTF8.GetString(lines.Current.Bytes);
        var separator = hint ?? SeparatorOf(first);
        var header = new Header(lines.Current, separator, rules.Names, file);
        tally.IgnoredColumns = header.Ignored;
        foreach (var record in Records(lines))
            if (tally.Try(record, file, () => Parse(record, header, separator, file)) is { } fact)
                yield return fact;
    }

    // The one that the header has most of, outside of quotation marks.
    private static char SeparatorOf(string header)
    {
        var bare = string.Concat(header.Split(Quote).Where((_, i) => i % 2 == 0));
        return Separators.MaxBy(c => bare.Count(b => b == c));
    }

    // Lines until every quotation mark is closed. One that never is spoils its line, not the rest of the file.
    private static IEnumerable<RawLine> Records(IEnumerator<RawLine> lines)
    {
        var ahead = new List<RawLine>();
        while (Has(0))
        {
            var (count, isOpen) = (0, false);
            do isOpen ^= ahead[count++].Bytes.AsSpan().Count((byte)Quote) % 2 == 1;
            while (isOpen && count < MaxLinesOfRecord && Has(count));
            if (isOpen)
                count = 1;
            yield return isOpen ? ahead[0] with { Fault = ahead[0].Fault ?? "a quotation mark is out of place" } : Joined(ahead[..count]);
            ahead.RemoveRange(0, count);
        }

        bool Has(int index)
        {
            while (ahead.Count <= index && lines.MoveNext())
                ahead.Add(lines.Current);
            return ahead.Count > index;
        }
    }

    private static RawLine Joined(List<RawLine> lines) =>
        lines is [var only]
            ? only
            : new RawLine(
                lines[0].Number,
                [.. lines.SelectMany((l, i) => i == 0 ? l.Bytes : [(byte)'\n', .. l.Bytes])],
                lines.Select(l => l.Fault).FirstOrDefault(f => f is not null)
            );

    private FactLine? Parse(RawLine record, Header header, char separator, string file)
    {
        var cells = Cells(record, separator, file);
        if (cells.Length != header.Columns)
            throw new BadLineException(file, record.Number, $"{header.Columns} columns as in the header, not {cells.Length}");
        var (type, actor, at) = (Needed("type"), Needed("actor"), Needed("at"));
        foreach (var field in (string[])["actor", "target", "id", "object"])
            if (MomentText.Shortened(Cell(field)) is { } shortened)
                throw new BadLineException(file, record.Number, $"'{rules.Names.Of(field)}' {shortened}");
        if (MomentText.Read(at, rules.IsMilliseconds, out var seconds) is { } rule)
            throw new BadLineException(file, record.Number, $"'{rules.Names.Of("at")}' {rule}");
        return FactLine.Of(
            new InteractionFields(type, actor, Cell("target"), seconds)
            {
                ActorName = Cell("actorName"),
                TargetName = Cell("targetName"),
                Id = Cell("id"),
                Object = Cell("object"),
                Topics = [.. Cell("topics").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
                Community = Cell("community"),
                Undo = UndoOf(Cell("undo")),
            }
        );

        string Cell(string field) => header.PlaceOf(field) is { } place ? cells[place] : "";

        string Needed(string field) =>
            Cell(field) is { Length: > 0 } cell
                ? cell
                : throw new BadLineException(file, record.Number, $"'{rules.Names.Of(field)}' is empty");
    }

    private static string[] Cells(RawLine record, char separator, string file)
    {
        try
        {
            var options = new CsvReaderOptions
            {
                Separator = separator,
                HasHeader = false,
                TrimWhitespace = true,
                MalformedData = CsvMalformedDataHandling.Throw,
            };
            using var csv = CsvReader.Create(record.Bytes, options);
            return csv.Read() ? csv.Current.ToArray() : [];
        }
        catch (CsvFormatException)
        {
            throw new BadLineException(file, record.Number, "a quotation mark is out of place");
        }
    }

    private static string? UndoOf(string cell) =>
        cell.ToLowerInvariant() switch
        {
            "" or "false" => null,
            "true" => "true",
            _ => cell,
        };

    /// <summary>Where each field stands.</summary>
    private sealed class Header
    {
        private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

        public Header(RawLine line, char separator, ColumnNames names, string file)
        {
            if (line.Fault is { } fault)
                throw new BadLineException(file, line.Number, fault);
            string[] columns = [.. Cells(line, separator, file).Select(c => c.Trim().ToLowerInvariant())];
            Columns = columns.Length;
            foreach (var field in ColumnNames.Fields)
            {
                var place = Array.IndexOf(columns, names.Of(field));
                if (place >= 0 && Array.LastIndexOf(columns, names.Of(field)) > place)
                    throw new BadLineException(file, line.Number, $"the column '{names.Of(field)}' stands in the header twice");
                if (place >= 0)
                    places[field] = place;
            }

            var missing = ColumnNames.Fields.Where(f => !places.ContainsKey(f) && IsNeeded(f, names)).Select(f => $"'{names.Of(f)}'");
            if (missing.ToArray() is { Length: > 0 } absent)
                throw new BadLineException(
                    file,
                    line.Number,
                    $"the header has no column {string.Join(", ", absent)}; it has {string.Join(", ", columns)}. "
                        + $"Needed are {string.Join(", ", ColumnNames.Required)}: say which they are, as in --map type=kind,actor=who"
                );
            Ignored = [.. columns.Where((_, i) => !places.ContainsValue(i))];
        }

        public int Columns { get; }

        public IReadOnlyList<string> Ignored { get; }

        public int? PlaceOf(string field) => places.TryGetValue(field, out var place) ? place : null;

        // Whoever maps a field means that it is there.
        private static bool IsNeeded(string field, ColumnNames names) => ColumnNames.Required.Contains(field) || names.IsMapped(field);
    }
}
