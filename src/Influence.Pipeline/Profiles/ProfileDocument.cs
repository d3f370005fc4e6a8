using System.Collections.Immutable;
using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Profiles;

/// <summary>A profile as it is stored.</summary>
/// <remarks>
/// Table <c>Profiles</c>, partition <c>profiles</c>: row <c>p|{key}</c> for a profile, the keyed hash of its first account; row
/// <c>a|{key}</c> for each of its accounts, with <c>Profile</c>, so that no account is in two. Both change in one transaction; the links in
/// the accounts' state rows follow, and are made again while the row is <c>Pending</c>.
/// </remarks>
internal sealed record ProfileDocument
{
    public const string Partition = "profiles";
    private const int Layout = 1;

    /// <summary>Its accounts, the first names it; none for a profile that is being dissolved.</summary>
    public required ImmutableArray<AccountId> Accounts { get; init; }

    /// <summary>The account that its row is named by.</summary>
    public required AccountId Id { get; init; }

    /// <summary>Accounts that left it, and whose state rows may still say otherwise.</summary>
    public ImmutableArray<AccountId> Released { get; init; } = [];

    public string? Name { get; init; }

    public string? Url { get; init; }

    public string? Avatar { get; init; }

    /// <summary>Whether there is a badge of it; not against its wish.</summary>
    public bool HasBadge { get; init; } = true;

    /// <summary>When its accounts were linked as they are, Unix seconds.</summary>
    public long Since { get; init; }

    /// <summary>Whether the accounts' state rows may not follow yet.</summary>
    public bool IsPending { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset At { get; init; }

    public ETag ETag { get; init; }

    public static string RowOf(AccountKeys keys, AccountId profile) => $"p|{keys.KeyOf(profile)}";

    public static string ClaimOf(AccountKeys keys, AccountId account) => $"a|{keys.KeyOf(account)}";

    public TableEntity ToRow(AccountKeys keys) =>
        new(Partition, RowOf(keys, Id))
        {
            ["V"] = Layout,
            ["Id"] = Id.Value,
            ["Accounts"] = Join(Accounts),
            ["Released"] = Join(Released),
            ["Name"] = Name,
            ["Url"] = Url,
            ["Avatar"] = Avatar,
            ["Badge"] = HasBadge,
            ["Since"] = Since,
            ["Pending"] = IsPending,
            ["At"] = At,
        };

    public static ProfileDocument Read(TableEntity row)
    {
        if (row.GetInt32("V") != Layout)
            throw new InvalidOperationException($"The layout {row.GetInt32("V")} of a profile is not known here.");
        return new ProfileDocument
        {
            Id = AccountId.Parse(row.GetString("Id")),
            Accounts = Split(row.GetString("Accounts")),
            Released = Split(row.GetString("Released")),
            Name = row.GetString("Name"),
            Url = row.GetString("Url"),
            Avatar = row.GetString("Avatar"),
            HasBadge = row.GetBoolean("Badge") ?? true,
            Since = row.GetInt64("Since") ?? 0,
            IsPending = row.GetBoolean("Pending") ?? false,
            At = row.GetDateTimeOffset("At")!.Value,
            ETag = row.ETag,
        };
    }

    // No id holds a line break.
    private static string Join(ImmutableArray<AccountId> accounts) => string.Join('\n', accounts);

    private static ImmutableArray<AccountId> Split(string? text) =>
        string.IsNullOrEmpty(text) ? [] : [.. text.Split('\n').Select(AccountId.Parse)];
}
