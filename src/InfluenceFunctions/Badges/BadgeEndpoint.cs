using System.Text;
using Influence.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace InfluenceFunctions.Badges;

/// <summary>What both badge functions do: find the card, and ask whether its profile wants a badge.</summary>
public sealed class BadgeEndpoint(ProfileQueries profiles, AccountForms forms)
{
    internal async Task<IActionResult> AnswerAsync(HttpRequest request, string id, Func<BadgeQuery, string, Reply> draw)
    {
        if (!AccountParameter.TryRead(forms, id, out var account, out var wrong))
            return wrong!;
        var (query, refused) = BadgeQuery.Read(request);
        if (query is null)
            return refused!;
        if (await profiles.FindFreshAsync(account, request.HttpContext.RequestAborted) is not { } card)
            return AccountParameter.Unknown();
        return card.Value.Badge == false ? None() : draw(query, TextOf(card.Value)).KeptFor(Math.Max(card.FreshSeconds, LeastSeconds));
    }

    /// <summary>404 for a profile that wants none.</summary>
    internal static Reply None() =>
        Reply.Problem(
            StatusCodes.Status404NotFound,
            "no_badge",
            "This profile has chosen to have no badge, and no card or picture elsewhere."
        );

    internal static Reply Svg(BadgeQuery query, string score) =>
        new Reply(
            StatusCodes.Status200OK,
            Encoding.UTF8.GetBytes(BadgeImage.Draw(query.Label, score, query.Style)),
            "image/svg+xml; charset=utf-8"
        ).With("Content-Security-Policy", "default-src 'none'");

    private const string NoScore = "no score yet";

    // Badges stand in pages that many people read; image proxies ask again when this is over.
    private const int LeastSeconds = 300;

    /// <summary>The score with 2 decimals; in words that there is none yet.</summary>
    internal static string TextOf(ScoreCard card) => card.OnlyEngages == true ? NoScore : ShownScore.Of(card.Rounded().Score);
}
