using System.Text.Json;
using System.Text.Json.Serialization;

namespace Influence.Backup.Files;

/// <summary>What a finished export holds.</summary>
/// <param name="Format">The form of the files; see <see cref="KnownFormat"/>.</param>
/// <param name="Tool">The version of the program that made it.</param>
/// <param name="Layout">The layout of the tables.</param>
/// <param name="StartedAt">When it began, by the storage service's clock.</param>
/// <param name="EndedAt">When it ended, by the clock of the machine.</param>
/// <param name="IsLive">Whether it was made although work was waiting in the queues.</param>
/// <param name="ChangedRows">How many of its rows were written after it began: more than none, and it is not of one moment.</param>
/// <param name="Deployment">The deployment's own row, with its seed and layout, as a line of <see cref="Rows.RowCodec"/>.</param>
/// <param name="Tables">All tables, also those without rows.</param>
internal sealed record Manifest(
    int Format,
    string Tool,
    int Layout,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    bool IsLive,
    long ChangedRows,
    string Deployment,
    IReadOnlyList<TableFiles> Tables
)
{
    /// <summary>How many rows are in it.</summary>
    [JsonIgnore]
    public long Rows => Tables.Sum(t => t.Rows);

    /// <summary>The form of files that is written and read.</summary>
    public const int KnownFormat = 1;

    /// <summary>This program's version.</summary>
    public static string ThisTool { get; } = typeof(Manifest).Assembly.GetName().Version?.ToString(3) ?? "unknown";
}

/// <summary>The files of a table.</summary>
/// <param name="Name">The table, without the deployment's prefix.</param>
/// <param name="Rows">How many rows are in them.</param>
/// <param name="Files">The files, in the order of their rows' keys.</param>
internal sealed record TableFiles(string Name, long Rows, IReadOnlyList<FileFacts> Files);

/// <summary>A file with rows.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Rows">How many rows are in it.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in hex digits.</param>
internal sealed record FileFacts(string Name, long Rows, long Bytes, string Sha256);

/// <summary>The first line of the journal of an export that is under way.</summary>
/// <param name="Format">As in the manifest.</param>
/// <param name="Tool">As in the manifest.</param>
/// <param name="Layout">As in the manifest.</param>
/// <param name="StartedAt">As in the manifest.</param>
/// <param name="IsLive">As in the manifest.</param>
/// <param name="Deployment">As in the manifest.</param>
/// <param name="Ranges">What is copied, a stretch of a table each.</param>
internal sealed record JournalHead(
    int Format,
    string Tool,
    int Layout,
    DateTimeOffset StartedAt,
    bool IsLive,
    string Deployment,
    IReadOnlyList<KeyRange> Ranges
);

/// <summary>A stretch of a table: the partitions after one, up to and with another.</summary>
/// <param name="Table">The table, without the deployment's prefix.</param>
/// <param name="Number">Its number within the table.</param>
/// <param name="After">The partition before it; null at the beginning.</param>
/// <param name="Through">Its last partition; null at the end.</param>
internal sealed record KeyRange(string Table, int Number, string? After, string? Through);

/// <summary>A line of the journal: a file is whole, or a range is at its end.</summary>
/// <param name="Table">The table.</param>
/// <param name="Range">The number of the range.</param>
/// <param name="File">The file; null where the range had no more rows.</param>
/// <param name="LastPartition">The partition key of its last row.</param>
/// <param name="LastRow">The row key of its last row.</param>
/// <param name="ChangedRows">How many of its rows were written after the export began.</param>
/// <param name="IsEnd">Whether the range is done.</param>
internal sealed record JournalLine(
    string Table,
    int Range,
    FileFacts? File,
    string? LastPartition,
    string? LastRow,
    long ChangedRows,
    bool IsEnd
);

/// <summary>The files' JSON.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip
)]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(JournalHead))]
[JsonSerializable(typeof(JournalLine))]
internal sealed partial class BackupJson : JsonSerializerContext
{
    /// <summary>The same, to be read by people.</summary>
    public static BackupJson Indented { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true });
}
