using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary>An event of GitHub: its body, and on which server it happened.</summary>
/// <param name="Body">The body.</param>
/// <param name="Host">The server's host; null for github.com.</param>
/// <param name="Delivery">Names the delivery, the same when it is sent again; its moment where GitHub's name for it is lost.</param>
/// <param name="Into">Takes the names of people that the event tells.</param>
internal sealed record GitHubEvent(JsonElement Body, string? Host, string Delivery, Translation Into)
{
    private const string Cloud = "github.com";

    /// <summary>Who caused the event.</summary>
    public JsonElement Sender => Body.Get("sender");

    /// <summary>Whether it happened where not everybody may look.</summary>
    public bool IsPrivate => Body.IsTrue("repository", "private") || Body.Text("sponsorship", "privacy_level") == "private";

    /// <summary>Whether what is called new was only moved here.</summary>
    public bool IsMoved => Body.Get("changes", "old_issue").Exists() || Body.Get("changes", "old_repository").Exists();

    /// <summary>The repository's topics, and its organisation.</summary>
    public FactContext Context =>
        Contexts.Of(
            Body.Get("repository", "topics").Each().Select(t => t.Text()),
            Body.Text("organization", "login") is { } organisation ? $"{Host ?? Cloud}/{organisation.ToLowerInvariant()}" : null
        );

    /// <summary>The host of an own server, from the header; null for github.com.</summary>
    public static string? HostOf(Delivery delivery) => Own(delivery.Header("X-GitHub-Enterprise-Host"));

    /// <summary>The same from the body.</summary>
    /// <remarks>For what sends no such header: GitHub with data residency, and other software that sends GitHub's events.</remarks>
    public static string? HostOf(JsonElement body) =>
        Uri.TryCreate(body.Text("repository", "html_url") ?? body.Text("sender", "html_url"), UriKind.Absolute, out var address)
            ? Own(Hosts.Of(address))
            : null;

    /// <summary>The account of a user; a user that is null was deleted, which GitHub shows as <c>ghost</c>.</summary>
    public AccountId? Account(JsonElement user)
    {
        var (login, name) = (user.ValueKind == JsonValueKind.Null ? "ghost" : user.Text("login"), user.Text("name"));
        var account = Account(login);
        // A login is the account's id already.
        if (!string.Equals(login, name, StringComparison.OrdinalIgnoreCase))
            Into.Call(account, name);
        if (!NotPersons.OnGitHub(user))
            Into.Sightings.See(user.Id("id"), account);
        return account;
    }

    /// <summary>The account of a login: on a server of one's own it is somebody else than on github.com.</summary>
    public AccountId? Account(string? login)
    {
        if (login is null)
            return null;
        var name = login.ToLowerInvariant();
        return AccountId.TryParse(Host is null ? $"github:{name}" : $"github:{Host}/{name}", out var id) ? id : null;
    }

    /// <summary>A user, by the number that stays when the login changes.</summary>
    public static string? StableId(JsonElement user) => user.Id("id") ?? user.Text("login");

    private static string? Own(string? host) =>
        host?.Trim().ToLowerInvariant() is { Length: > 0 } own && own is not (Cloud or "www.github.com") ? own : null;
}
