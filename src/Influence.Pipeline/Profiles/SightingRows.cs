using System.Globalization;
using Azure.Data.Tables;

namespace Influence.Pipeline.Profiles;

/// <summary>The rows about who is who in the table Profiles.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>
/// Partition <c>seen|{source}</c>: <c>stable|{key}</c>, an id that stays when a login changes, holds the <c>Account</c> last seen with it;
/// <c>login|{key}</c>, an account, the <c>Owner</c>: the key of the id last seen with it. Both with <c>At</c>, the moment of that.
/// </item>
/// <item>Partition <c>move|{source}</c>: <c>{key}</c> of two accounts, when each end said so (<c>From</c>, <c>To</c>).</item>
/// <item>Partition <c>suggestion</c>: <c>{id}</c>, a suggestion.</item>
/// </list>
/// Keys are hashes of 128 bits under the deployment's seed, in hex.
/// </remarks>
internal static class SightingRows
{
    /// <summary>How many days an account is remembered by an id that stays, and half a move.</summary>
    public const int Days = 400;

    public const string Suggestions = "suggestion";
    public const string Account = "Account";
    public const string Owner = "Owner";
    public const string At = "At";

    public static string Seen(string source) => $"seen|{TableKey.Encode(source)}";

    public static string Moves(string source) => $"move|{TableKey.Encode(source)}";

    public static string Stable(string key) => $"stable|{key}";

    public static string Login(string key) => $"login|{key}";

    public static string StableKey(KeyHasher keys, string source, string stableId) => Hex(keys.RowKeyOf("stable", $"{source}|{stableId}"));

    public static string LoginKey(KeyHasher keys, AccountId account) => Hex(keys.RowKeyOf(account));

    /// <summary>Names a suggestion: the same two accounts, in the same order, make the same one.</summary>
    public static string SuggestionId(KeyHasher keys, AccountId from, AccountId to) =>
        Hex(keys.RowKeyOf("suggestion", $"{from.Value}\n{to.Value}"));

    public static async Task<TableEntity?> FindAsync(TableClient table, string partition, string row, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    private static string Hex(UInt128 key) => key.ToString("x32", CultureInfo.InvariantCulture);
}
