using System.Globalization;

namespace Influence.Pipeline.Storage;

/// <summary>The table keys of an account's rows.</summary>
/// <remarks>
/// Partition <c>{shard}|{account}</c>, the shard in two hex digits so that 256 ranges scan in parallel. The state row is
/// <c>state|{key}</c>, the account's key in 16 hex digits; in deployments of layout 1 it is <c>state</c> for everyone. Azure does not care,
/// but Azurite looks through all rows of one row key for each of them.
/// </remarks>
/// <param name="hasher">The deployment's keys.</param>
/// <param name="layout">The deployment's layout, 1 or 2.</param>
internal sealed class AccountKeys(KeyHasher hasher, int layout)
{
    /// <summary>The layout of deployments that are new.</summary>
    public const int Layout = 2;

    // '}' is the character after '|': between the two are the state rows of both layouts, and then the pages of ties.
    public const string FirstState = "state";
    public const string EndOfStates = "state}";
    public const string EndOfTies = "ties}";

    public KeyHasher Hasher => hasher;

    public string PartitionOf(AccountId account) =>
        string.Create(CultureInfo.InvariantCulture, $"{hasher.ShardOf(account):x2}|{TableKey.Encode(account.Value)}");

    public string StateOf(AccountId account) =>
        layout == 1 ? FirstState : string.Create(CultureInfo.InvariantCulture, $"{FirstState}|{hasher.KeyOf(account):x16}");

    public static bool IsState(string rowKey) => rowKey.StartsWith(FirstState, StringComparison.Ordinal);

    /// <summary>The first possible partition of a shard, 0–256; every one of it is below the next one's.</summary>
    public static string Start(int shard) => shard == 256 ? "g" : string.Create(CultureInfo.InvariantCulture, $"{shard:x2}|");
}
