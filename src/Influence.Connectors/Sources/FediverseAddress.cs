using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary>Ids of the fediverse, which are web addresses, and the accounts they name.</summary>
internal static class FediverseAddress
{
    private const int MaxAddress = 2048;
    private static readonly System.Buffers.SearchValues<char> HostCharacters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyz0123456789.-"
    );
    private static readonly System.Buffers.SearchValues<char> NameCharacters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyz0123456789._-"
    );

    /// <summary>The id of a thing given as a string, an embedded object or link, or an array (the first counts).</summary>
    public static string? Id(JsonElement thing) =>
        thing.Each().Take(1).Select(t => t.Text() ?? t.Text("id") ?? t.Text("href")).FirstOrDefault();

    /// <summary><c>fediverse:name@host</c> for an address of a usual shape, else <c>fediverse:</c> and the address.</summary>
    /// <remarks>Null when it is no web address.</remarks>
    public static AccountId? Account(string? address)
    {
        if (Read(address) is not { } uri)
            return null;
        var name = uri.AbsolutePath.Trim('/').Split('/') switch
        {
            ["users" or "u" or "profile" or "accounts" or "author", var n] when uri.Query.Length == 0 => n,
            [['@', .. var n]] when uri.Query.Length == 0 => n,
            _ => null,
        };
        name = name?.ToLowerInvariant();
        var isName = name is { Length: > 0 and <= 100 } && !name.AsSpan().ContainsAnyExcept(NameCharacters);
        var id = isName ? $"{name}@{HostOf(uri)}" : $"https://{HostOf(uri)}{uri.PathAndQuery}{uri.Fragment}";
        return AccountId.TryParse($"fediverse:{id}", out var account) ? account : null;
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
        var id = account?.Value["fediverse:".Length..];
        return id is null ? null
            : id.StartsWith("https://", StringComparison.Ordinal) ? id["https://".Length..].Split('/', 2)[0]
            : id[(id.IndexOf('@', StringComparison.Ordinal) + 1)..];
    }

    // https://host/users/mira/statuses/1 (Mastodon, GoToSocial, Pleroma), /ap/users/12/statuses/1 (newer Mastodon), /@mira/1 (pages),
    // /p/mira/1 (Pixelfed).
    private static AccountId? Owner(string? address) =>
        Read(address) is not { } uri
            ? null
            : uri.AbsolutePath.Trim('/').Split('/') switch
            {
                ["ap", "users", var id, "statuses", _] => Account($"https://{uri.Authority}/ap/users/{id}"),
                ["users", var name, _, _, ..] => Account($"https://{uri.Authority}/users/{name}"),
                ["p", var name, _] => Account($"https://{uri.Authority}/users/{name}"),
                [['@', .. var name], _, ..] => Account($"https://{uri.Authority}/users/{name}"),
                _ => null,
            };

    private static Uri? Read(string? address) =>
        address is { Length: <= MaxAddress }
        && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme is "https" or "http"
        && uri.UserInfo.Length == 0
        && uri.Host.Length > 0
        && !uri.Host.AsSpan().ContainsAnyExcept(HostCharacters)
            ? uri
            : null;

    private static string HostOf(Uri uri) => uri.IsDefaultPort ? uri.Host : $"{uri.Host}:{uri.Port}";
}
