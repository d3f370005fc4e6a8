using static System.FormattableString;

namespace Influence.Pages;

/// <summary>Paths of the site below its base path: all that pages link to.</summary>
public static class Addresses
{
    /// <summary>The first page.</summary>
    public const string Home = "/";

    /// <summary>How the score is made.</summary>
    public const string How = "/how";

    /// <summary>The numbers of the formula.</summary>
    public const string Policy = "/policy";

    /// <summary>The API's reference.</summary>
    public const string Docs = "/docs";

    /// <summary>A board's latest day.</summary>
    public static string Board(string board) => "/boards/" + PathId.Write(board);

    /// <summary>A board on a day.</summary>
    public static string Board(string board, DateOnly day) => Invariant($"{Board(board)}?date={day:yyyy-MM-dd}");

    /// <summary>A profile's page.</summary>
    public static string Profile(string id) => "/profiles/" + PathId.Write(id);

    /// <summary>A profile's picture for social networks, 1200 × 630.</summary>
    public static string Image(string id) => Profile(id) + "/image.png";

    /// <summary>A profile's badge.</summary>
    public static string Badge(string id) => $"/api/v1/profiles/{PathId.Write(id)}/badge.svg";

    /// <summary>A profile's card for a frame of the size <see cref="EmbedSize"/>.</summary>
    public static string Embed(string id) => Profile(id) + "/embed";

    /// <summary>A profile's explanation as JSON.</summary>
    public static string ExplanationJson(string id) => $"/api/v1/profiles/{PathId.Write(id)}/explanation";

    /// <summary>A stylesheet or script.</summary>
    public static string Of(Asset asset) => "/assets/" + asset.Name;

    /// <summary>What describes an address of this site to another one.</summary>
    /// <param name="address">The absolute address.</param>
    public static string OEmbed(string address) => $"/oembed?url={Uri.EscapeDataString(address)}&format=json";
}
