using System.Globalization;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Influence.Simulation.Storage;

/// <summary>The part of OData's filter language that the SDK writes: comparisons with literals, and, or, not.</summary>
internal abstract record ODataFilter
{
    /// <summary>Parses a filter; null or an empty text matches every row.</summary>
    /// <exception cref="Azure.RequestFailedException">It is not a filter.</exception>
    public static ODataFilter Parse(string? text) =>
        string.IsNullOrWhiteSpace(text) ? new All([]) : new ODataParser(ODataLexer.Tokens(text)).Parse();

    public abstract bool Matches(TableEntity row);

    /// <summary>The inclusive bounds that the filter itself sets to a key; null for none.</summary>
    public (string? Low, string? High) Bounds(string key)
    {
        var (low, high) = ((string?)null, (string?)null);
        foreach (var (_, op, literal) in Conjuncts().Where(c => c.Name == key))
        {
            if (literal is not string value)
                continue;
            if (op is "eq" or "ge" or "gt" && (low is null || string.CompareOrdinal(value, low) > 0))
                low = value;
            if (op is "eq" or "le" or "lt" && (high is null || string.CompareOrdinal(value, high) < 0))
                high = value;
        }

        return (low, high);
    }

    private IEnumerable<Comparison> Conjuncts() =>
        this switch
        {
            Comparison one => [one],
            All all => all.Parts.SelectMany(p => p.Conjuncts()),
            _ => [],
        };

    internal sealed record All(IReadOnlyList<ODataFilter> Parts) : ODataFilter
    {
        public override bool Matches(TableEntity row)
        {
            foreach (var part in Parts)
                if (!part.Matches(row))
                    return false;
            return true;
        }
    }

    internal sealed record Any(IReadOnlyList<ODataFilter> Parts) : ODataFilter
    {
        public override bool Matches(TableEntity row) => Parts.Any(p => p.Matches(row));
    }

    internal sealed record Not(ODataFilter Part) : ODataFilter
    {
        public override bool Matches(TableEntity row) => !Part.Matches(row);
    }

    // A row without the property, or with one of another type, matches no comparison.
    internal sealed record Comparison(string Name, string Op, object Literal) : ODataFilter
    {
        public override bool Matches(TableEntity row) =>
            row.TryGetValue(Name, out var value) && Order(value, Literal) is { } order && Holds(order);

        private bool Holds(int order) =>
            Op switch
            {
                "eq" => order == 0,
                "ne" => order != 0,
                "gt" => order > 0,
                "ge" => order >= 0,
                "lt" => order < 0,
                _ => order <= 0,
            };

        private static int? Order(object value, object literal) =>
            (value, literal) switch
            {
                (string a, string b) => string.CompareOrdinal(a, b),
                (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
                (bool a, bool b) => a.CompareTo(b),
                (Guid a, Guid b) => string.CompareOrdinal(a.ToString(), b.ToString()),
                (byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b),
                (int or long, long b) => Convert.ToInt64(value, CultureInfo.InvariantCulture).CompareTo(b),
                (int or long or double, long or double) => Convert
                    .ToDouble(value, CultureInfo.InvariantCulture)
                    .CompareTo(Convert.ToDouble(literal, CultureInfo.InvariantCulture)),
                _ => null,
            };
    }
}

/// <summary>Recursive descent: or, and, not, a comparison or a filter in parentheses.</summary>
internal sealed class ODataParser(IReadOnlyList<string> tokens)
{
    private static readonly HashSet<string> Operators = ["eq", "ne", "gt", "ge", "lt", "le"];
    private int at;

    public ODataFilter Parse()
    {
        var filter = Or();
        return at == tokens.Count ? filter : throw ODataLexer.Invalid();
    }

    private ODataFilter Or() => Chain("or", And, parts => new ODataFilter.Any(parts));

    private ODataFilter And() => Chain("and", Unary, parts => new ODataFilter.All(parts));

    private ODataFilter Chain(string word, Func<ODataFilter> part, Func<List<ODataFilter>, ODataFilter> join)
    {
        List<ODataFilter> parts = [part()];
        while (at < tokens.Count && tokens[at] == word)
        {
            at++;
            parts.Add(part());
        }

        return parts.Count == 1 ? parts[0] : join(parts);
    }

    private ODataFilter Unary()
    {
        switch (Next())
        {
            case "not":
                return new ODataFilter.Not(Unary());
            case "(":
                var inner = Or();
                return Next() == ")" ? inner : throw ODataLexer.Invalid();
            case var name:
                var op = Next();
                return Operators.Contains(op)
                    ? new ODataFilter.Comparison(name, op, ODataLexer.Literal(Next()))
                    : throw ODataLexer.Invalid();
        }
    }

    private string Next() => at < tokens.Count ? tokens[at++] : throw ODataLexer.Invalid();
}

/// <summary>Words, parentheses and literals of a filter.</summary>
internal static class ODataLexer
{
    public static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        for (var i = 0; i < text.Length; )
        {
            if (text[i] == ' ')
            {
                i++;
                continue;
            }

            var end = text[i] is '(' or ')' ? i + 1 : EndOfWord(text, i);
            tokens.Add(text[i..end]);
            i = end;
        }

        return tokens;
    }

    public static object Literal(string token)
    {
        var quote = token.IndexOf('\'', StringComparison.Ordinal);
        var quoted = quote >= 0 ? token[(quote + 1)..^1].Replace("''", "'", StringComparison.Ordinal) : "";
        return (quote >= 0 ? token[..quote] : token) switch
        {
            "" => quoted,
            "datetime" => DateTimeOffset.ParseExact(
                quoted,
                "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal
            ),
            "guid" => Guid.Parse(quoted),
            "X" or "binary" => Convert.FromHexString(quoted),
            "true" => true,
            "false" => false,
            var number
                when long.TryParse(number.TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
                whole,
            var number when double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) => real,
            _ => throw Invalid(),
        };
    }

    public static Azure.RequestFailedException Invalid() => StorageErrors.Of(400, TableErrorCode.InvalidInput.ToString());

    // A quote inside quotes is doubled, so that two literals never touch.
    private static int EndOfWord(string text, int from)
    {
        var isQuoted = false;
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '\'')
                isQuoted = !isQuoted;
            else if (!isQuoted && text[i] is ' ' or '(' or ')')
                return i;
        }

        return isQuoted ? throw Invalid() : text.Length;
    }
}
