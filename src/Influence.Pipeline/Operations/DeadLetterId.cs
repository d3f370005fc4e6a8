using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Hashing;
using System.Text.RegularExpressions;
using Azure.Data.Tables;

namespace Influence.Pipeline.Operations;

/// <summary>Names a dead letter: its queue, the hour it was kept in (UTC), and the 128-bit hash of its body.</summary>
/// <remarks>
/// As text <c>{queue}.{yyyyMMddHH}.{hash}</c>; in the table partition <c>{queue}|{yyyyMMdd}</c>, row <c>{HH}|{hash}</c>, so that a day is
/// listed hour by hour.
/// </remarks>
internal sealed partial record DeadLetterId(string Queue, string Day, string Hour, string Hash)
{
    /// <summary>The partition of its row.</summary>
    public string Partition => $"{Queue}|{Day}";

    /// <summary>The key of its row.</summary>
    public string Row => $"{Hour}|{Hash}";

    /// <summary>The id of a body that is kept at a moment.</summary>
    public static DeadLetterId Of(string queue, DateTimeOffset at, ReadOnlySpan<byte> body) =>
        new(queue, DayOf(at), at.UtcDateTime.ToString("HH", CultureInfo.InvariantCulture), Convert.ToHexStringLower(XxHash128.Hash(body)));

    /// <summary>The id of a row.</summary>
    public static DeadLetterId Of(TableEntity row) =>
        new(row.PartitionKey.Split('|')[0], row.PartitionKey.Split('|')[1], row.RowKey.Split('|')[0], row.RowKey.Split('|')[1]);

    /// <summary>The day of a moment, as partitions name it.</summary>
    public static string DayOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>Reads the text of an id.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DeadLetterId? id)
    {
        var match = Form().Match(text ?? "");
        id = match.Success
            ? new(match.Groups["queue"].Value, match.Groups["day"].Value, match.Groups["hour"].Value, match.Groups["hash"].Value)
            : null;
        return id is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Queue}.{Day}{Hour}.{Hash}";

    [GeneratedRegex(@"^(?<queue>interactions|shards)\.(?<day>[0-9]{8})(?<hour>[0-9]{2})\.(?<hash>[0-9a-f]{32})\z", RegexOptions.None, 1000)]
    private static partial Regex Form();
}
