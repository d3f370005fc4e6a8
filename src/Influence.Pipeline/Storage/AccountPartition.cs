using System.Globalization;
using Influence.Scoring;

namespace Influence.Pipeline;

/// <summary>The partition of an account's rows: <c>{shard}|{account}</c>, the shard in two hex digits so that 256 ranges scan in parallel.</summary>
internal static class AccountPartition
{
    public static string Of(AccountId account, KeyHasher keys) =>
        string.Create(CultureInfo.InvariantCulture, $"{keys.ShardOf(account):x2}|{TableKey.Encode(account.Value)}");

    /// <summary>The first possible key of a shard, 0–256; every key of it is below the next one's.</summary>
    public static string Start(int shard) => shard == 256 ? "g" : string.Create(CultureInfo.InvariantCulture, $"{shard:x2}|");
}
