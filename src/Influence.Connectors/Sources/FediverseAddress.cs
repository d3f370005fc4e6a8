using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary>Ids of the fediverse, which are web addresses, and the accounts they name.</summary>
internal static class FediverseAddress
{
    private const int MaxAddress = 2048;
    private const int MaxAliases = 16;
    private const string Network = "fediverse:";
    private const string Scheme = "https://";

    /// <summary>The id of a thing given as a string, an embedded object or link, or an array (the first counts).</summary>
    public static string? Id(JsonElement thing) =>
        thing.Each().Take(1).Select(t => t.Text() ?? t.Text("id") ?? t.Text("href")).FirstOrDefault();

    /// <summary><c>fediverse:name@host</c> for an address of a usual shape, else <c>fediverse:</c> and the address.</summary>
    /// <remarks>Null when it is no web address.</remarks>
    public static AccountId? Account(string? address) =>
        Read(address) is not null && AccountId.TryParse(Network + address, out var account) ? account : null;

    /// <summary>The account of <c>@name@host</c>.</summary>
    public static AccountId? Named(string? name)
    {
        var parts = name?.TrimStart('@').Split('@');
        return parts is [{ Length: > 0 } user, { Length: > 0 } host] ? Account($"{Scheme}{host}/@{user}") : null;
    }

    /// <summary><c>user@host</c> of an account whose id is an address; null where its id says that already.</summary>
    public static string? HandleOf(AccountId account, string? user) =>
        user is not null && account.Value.StartsWith(Network + Scheme, StringComparison.Ordinal) ? $"{user}@{Host(account)}" : null;

    /// <summary>Notes how an actor is shown, by the words of its own server.</summary>
    /// <param name="actor">An embedded actor; an address says nothing.</param>
    /// <param name="by">The id of who tells it: another server's word on a name is not taken.</param>
    /// <param name="into">Takes it.</param>
    public static void Call(JsonElement actor, string? by, Translation into)
    {
        var first = actor.Each().FirstOrDefault();
        if (first.ValueKind == JsonValueKind.Object && IsSameHost(Id(first), by) && Account(Id(first)) is { } account)
            into.Call(account, HandleOf(account, first.Text("preferredUsername")), first.Text("name"));
    }

    /// <summary>Notes what an actor's own server says of where it moved to, and as whom it was known before.</summary>
    /// <param name="actor">An embedded actor; an address says nothing.</param>
    /// <param name="by">The id of who tells it.</param>
    /// <param name="into">Takes it.</param>
    public static void Claim(JsonElement actor, string? by, Sightings into)
    {
        var first = actor.Each().FirstOrDefault();
        if (first.ValueKind != JsonValueKind.Object || !IsSameHost(Id(first), by) || Account(Id(first)) is not { } account)
            return;
        into.Claim(account, Account(Id(first.Get("movedTo"))), MoveEnd.From);
        foreach (var before in first.Get("alsoKnownAs").Each().Take(MaxAliases))
            into.Claim(Account(before.Text()), account, MoveEnd.To);
    }

    /// <summary>Whose post it is: who its object says wrote it, else whose folder its address is in. Null where neither tells.</summary>
    public static AccountId? Author(JsonElement post)
    {
        var first = post.Each().FirstOrDefault();
        var author = Id(first.Get("attributedTo")) ?? Id(first.Get("actor"));
        return author is null ? Owner(Id(first)) : Account(author);
    }

    /// <summary>Where an account lives, its community.</summary>
    public static string? Host(AccountId? account)
    {
        var id = account?.Value[Network.Length..];
        return id is null ? null
            : id.StartsWith(Scheme, StringComparison.Ordinal) ? id[Scheme.Length..].Split('/', 2)[0]
            : id[(id.IndexOf('@', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>Whether two ids are addresses of one server.</summary>
    public static bool IsSameHost(string? one, string? other) =>
        Read(one) is var (_, host) && Read(other) is var (_, otherHost) && host == otherHost;

    // https://host/users/mira/statuses/1 (Mastodon, GoToSocial, Pleroma), /ap/users/12/statuses/1 (newer Mastodon), /ap/users/12/post/1
    // (Threads), /@mira/1 (pages), /p/mira/1 (Pixelfed).
    private static AccountId? Owner(string? address) =>
        Read(address) is not var (uri, _)
            ? null
            : uri.AbsolutePath.Trim('/').Split('/') switch
            {
                ["ap", "users", var id, "statuses" or "post", _] => Account($"{Scheme}{uri.Authority}/ap/users/{id}"),
                ["users", var name, _, _, ..] => Account($"{Scheme}{uri.Authority}/users/{name}"),
                ["p", var name, _] => Account($"{Scheme}{uri.Authority}/users/{name}"),
                [['@', .. var name], _, ..] => Account($"{Scheme}{uri.Authority}/@{name}"),
                _ => null,
            };

    private static (Uri Address, string Host)? Read(string? address) =>
        address is { Length: <= MaxAddress } ? FediverseId.Read(address) : null;
}
