namespace Influence.Connectors.Sources;

/// <summary>A forum, as the header <c>X-Discourse-Instance</c> names it.</summary>
/// <param name="Host">Its host, with the port where it is not the usual one.</param>
/// <param name="Address">Its address without a slash at the end: a forum may be a folder of its host.</param>
internal sealed record DiscourseForum(string Host, string Address)
{
    /// <summary>The forum of a delivery; null where the header names none.</summary>
    public static DiscourseForum? Of(Delivery delivery)
    {
        if (!Uri.TryCreate(delivery.Header("X-Discourse-Instance"), UriKind.Absolute, out var uri) || Hosts.Of(uri) is not { } host)
            return null;
        return new DiscourseForum(host, $"https://{host}{uri.AbsolutePath.TrimEnd('/')}");
    }

    /// <summary>The account of a name, which may be of any script.</summary>
    public AccountId? Account(string? name) =>
        name is not null && AccountId.TryParse($"discourse:{Host}/{name.ToLowerInvariant()}", out var id) ? id : null;
}
