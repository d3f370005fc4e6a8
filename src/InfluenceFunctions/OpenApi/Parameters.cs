using System.Globalization;

namespace InfluenceFunctions.OpenApi;

/// <summary>The parameters that calls share, with the limits of the code that reads them.</summary>
internal static class Parameters
{
    /// <summary>The schema of an account's id.</summary>
    public const string AccountSchema = """{"type":"string","minLength":3,"maxLength":289,"pattern":"^[A-Za-z0-9-]{1,32}:.+$"}""";

    private const string DaySchema = """{"type":"string","format":"date"}""";

    public static Parameter Account { get; } =
        new(
            "id",
            "path",
            "An account, `network:id`, percent-encoded: `github%3Aann`. A slash in the id is `%2F`; an id that itself holds the text `%2F` "
                + "is first written with `%252F` for it.",
            AccountSchema
        )
        {
            Example = "\"github:ann\"",
        };

    public static Parameter Board { get; } =
        new("board", "path", "The board's name, percent-encoded: `topic%3Acompilers`.", """{"type":"string","minLength":1}""")
        {
            Example = "\"global\"",
        };

    public static Parameter Date { get; } =
        new(
            "date",
            "query",
            "The day of the board, UTC.",
            """{"anyOf":[{"type":"string","const":"latest"},{"type":"string","format":"date"}],"default":"latest"}"""
        );

    public static Parameter Reason { get; } =
        new(
            "reason",
            "query",
            "Why, for the audit. It is kept as typed: leave names out.",
            Format("""{{"type":"string","maxLength":{0}}}""", AuditLog.MaxReason)
        )
        {
            Example = "\"She asked\"",
        };

    public static Parameter Preview { get; } =
        new("preview", "query", "`true` changes nothing and tells what would be.", """{"type":"boolean","default":false}""");

    public static Parameter Source { get; } =
        new(
            "source",
            "path",
            "The social tool.",
            $$"""{"type":"string","enum":[{{string.Join(',', ConnectorRegistry.All.Select(c => $"\"{c.Source}\""))}}]}"""
        )
        {
            Example = "\"github\"",
        };

    /// <summary>The name of something that an answer before gave.</summary>
    public static Parameter Id(string of) => new("id", "path", $"Names the {of}.", """{"type":"string","minLength":1}""");

    public static Parameter Cursor(string schema) => new("cursor", "query", "That of a `nextLink`; absent for the first page.", schema);

    public static Parameter Day(string name, string description) => new(name, "query", description, DaySchema);

    public static Parameter Number(string name, string description, int least, int most, int absent) =>
        new(name, "query", description, Format("""{{"type":"integer","minimum":{0},"maximum":{1},"default":{2}}}""", least, most, absent));

    private static string Format(string format, params object[] numbers) => string.Format(CultureInfo.InvariantCulture, format, numbers);
}
