using System.Globalization;
using Influence.Storage;

namespace Influence.Pipeline.Storage;

/// <summary>Where the rows of accounts lie, layout 3 of the keys.</summary>
/// <remarks>
/// A partition is one of the equal groups that the accounts' keys are cut into, named by its number in two hex digits. In it the rows of a
/// kind lie together, in the order of their accounts' 128-bit keys: <c>s|{key}</c> the state, <c>t|{key}|{start}</c> a page of ties,
/// <c>l|{key}|{yyyyMMdd}|{start}</c> of the ledger, <c>u|{key}|{start}</c> of undos. So a scan of states reads nothing else, any range of
/// keys can be scanned by itself, and rows of many accounts fit one entity group transaction. No two accounts share a row key, since
/// Azurite looks through all rows of one row key.
/// </remarks>
/// <param name="hasher">The deployment's keys.</param>
/// <param name="partitions">How many partitions there are: a power of two, 1–256, fixed when the deployment was made.</param>
internal sealed class AccountKeys(KeyHasher hasher, int partitions)
{
    /// <summary>The layout written and read.</summary>
    public const int Layout = DeploymentTables.Layout;

    private const int Shards = 256;
    private const int UnixEpochDay = 719_162;

    public KeyHasher Hasher => hasher;

    public int Partitions => partitions;

    public int GroupOf(AccountId account) => hasher.ShardOf(account) * partitions / Shards;

    public string PartitionOf(AccountId account) => NameOf(GroupOf(account));

    public string StateOf(AccountId account) => $"s|{KeyOf(account)}";

    public string RowOf(AccountId account, PageName page)
    {
        var (key, start) = (KeyOf(account), page.Start.ToString("x16", CultureInfo.InvariantCulture));
        return page.Kind switch
        {
            PageKind.Ties => $"t|{key}|{start}",
            PageKind.Undone => $"u|{key}|{start}",
            _ => $"l|{key}|{DayOf(page.Day)}|{start}",
        };
    }

    /// <summary>The row keys of an account's ledger of the days before one: from, inclusive, and to, exclusive.</summary>
    public (string From, string To) LedgerBefore(AccountId account, int day)
    {
        var key = KeyOf(account);
        return ($"l|{key}|", $"l|{key}|{DayOf(day)}");
    }

    /// <summary>The row keys of all pages of an account, by kind: from, inclusive, and to, exclusive.</summary>
    public IEnumerable<(string From, string To)> PagesOf(AccountId account)
    {
        var key = KeyOf(account);
        return ((string[])["t", "l", "u"]).Select(kind => ($"{kind}|{key}|", $"{kind}|{key}}}"));
    }

    /// <summary>The stretches of partitions that a range of shards lies in.</summary>
    public IEnumerable<KeySegment> SegmentsOf(ShardRange range)
    {
        var each = Shards / partitions;
        for (var group = range.First / each; group * each < range.End; group++)
            yield return new KeySegment(
                NameOf(group),
                Hex(Math.Max(range.First, group * each)),
                Hex(Math.Min(range.End, (group + 1) * each))
            );
    }

    /// <summary>Whether a row is an account's state.</summary>
    public static bool IsState(string row) => row.StartsWith("s|", StringComparison.Ordinal);

    /// <summary>The account's key in the row key of a state or a page of ties.</summary>
    public static ReadOnlySpan<char> KeyIn(string row) => row.AsSpan(2, 32);

    /// <summary>The keyed hash of an account in 32 hex digits. Names its rows, and itself where its id must not stand.</summary>
    public string KeyOf(AccountId account) => hasher.RowKeyOf(account).ToString("x32", CultureInfo.InvariantCulture);

    private static string NameOf(int group) => group.ToString("x2", CultureInfo.InvariantCulture);

    // 'g' is above every hex digit.
    private static string Hex(int shard) => shard == Shards ? "g" : shard.ToString("x2", CultureInfo.InvariantCulture);

    private static string DayOf(int day) => DateOnly.FromDayNumber(day + UnixEpochDay).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}

/// <summary>A stretch of one partition: the rows of the accounts whose keys lie between two hex prefixes.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="From">The first key's beginning.</param>
/// <param name="To">The beginning of the first key after it.</param>
internal sealed record KeySegment(string Partition, string From, string To);
