namespace Influence.Replay.Readers;

/// <summary>The fields of an interaction, and what a file calls them.</summary>
internal sealed class ColumnNames
{
    /// <summary>Fields that every file has.</summary>
    public static readonly string[] Required = ["type", "actor", "target", "at"];

    /// <summary>Fields that a file may have.</summary>
    public static readonly string[] Optional = ["id", "object", "topics", "community", "undo", "actorName", "targetName"];

    private readonly Dictionary<string, string> called;

    private ColumnNames(Dictionary<string, string> called) => this.called = called;

    /// <summary>Each field under its own name.</summary>
    public static ColumnNames Usual { get; } = new([]);

    /// <summary>All fields.</summary>
    public static IEnumerable<string> Fields => Required.Concat(Optional);

    /// <summary>Reads <c>type=kind,actor=who</c>.</summary>
    /// <param name="text">The text; null for the usual names.</param>
    /// <param name="error">What is wrong with it.</param>
    public static ColumnNames? Parse(string? text, out string? error)
    {
        error = null;
        var called = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (field, column) = part.Split('=', 2, StringSplitOptions.TrimEntries) is [var f, { Length: > 0 } c]
                ? (FieldNamed(f) ?? f, c.ToLowerInvariant())
                : (part, "");
            error =
                column.Length == 0 ? $"--map is a list like type=kind,actor=who; '{part}' is no part of one."
                : !Fields.Contains(field) ? $"--map: there is no field '{field}'; the fields are {string.Join(", ", Fields)}."
                : !called.TryAdd(field, column) ? $"--map names the field '{field}' twice."
                : null;
            if (error is not null)
                return null;
        }

        return new ColumnNames(called);
    }

    /// <summary>What the file calls a field, in lower case.</summary>
    public string Of(string field) => called.GetValueOrDefault(field, field.ToLowerInvariant());

    /// <summary>Whether a field was said to be called otherwise.</summary>
    public bool IsMapped(string field) => called.ContainsKey(field);

    /// <summary>What a column is here: the field that it is called for, else itself.</summary>
    /// <remarks>Null for one with the name of a field that is called otherwise.</remarks>
    public string? FieldOf(string column)
    {
        foreach (var (field, name) in called)
            if (name.Equals(column, StringComparison.OrdinalIgnoreCase))
                return field;
        return called.ContainsKey(column) ? null : column;
    }

    /// <summary>Whether any field has another name than its own.</summary>
    public bool IsUsual => called.Count == 0;

    private static string? FieldNamed(string name) => Fields.FirstOrDefault(f => f.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>As it was given.</summary>
    public override string ToString() =>
        string.Join(',', called.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}"));
}
