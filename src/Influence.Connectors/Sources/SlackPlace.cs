using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary>The workspace whose channel an event happened in.</summary>
/// <param name="Team">The workspace, which people are of whose own team the event does not name.</param>
/// <param name="Bots">The users that the delivery calls bots.</param>
internal sealed record SlackPlace(string? Team, IReadOnlySet<string> Bots)
{
    /// <summary>The workspace as a community.</summary>
    public FactContext Context => Contexts.Of([], Team is null ? null : $"slack.com/{Team.ToLowerInvariant()}");

    /// <summary>The account of a user.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="team">The user's own team; null where the event does not name it.</param>
    public AccountId? Account(string? user, string? team = null) =>
        user is not null
        && (team ?? Team) is { } own
        && AccountId.TryParse($"slack:{own.ToUpperInvariant()}/{user.ToUpperInvariant()}", out var id)
            ? id
            : null;

    /// <summary>Why nothing counts in the conversation that an event is from; null where it does.</summary>
    /// <param name="e">The event: a message says what its channel is, a reaction only which it is.</param>
    /// <param name="includesPrivate">Whether private channels count.</param>
    public static string? Refuse(JsonElement e, bool includesPrivate)
    {
        var (channel, type) = (e.Id("channel") ?? e.Id("item", "channel"), e.Text("channel_type"));
        if (type is "im" or "mpim" or "app_home" || channel?.StartsWith('D') == true)
            return "direct";
        return !includesPrivate && (type is "group" || channel?.StartsWith('G') == true) ? "private" : null;
    }
}
