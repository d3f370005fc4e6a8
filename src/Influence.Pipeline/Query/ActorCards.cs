using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Query;

/// <summary>Cards of accounts that engaged others and that nobody has engaged: known from the pages of activity alone.</summary>
internal sealed class ActorCards(Deployment deployment, TimeProvider clock, IOptions<InfluenceOptions> options)
{
    private const string Latest = "latest";
    private const int TopicsShown = 10;

    private readonly ActivityPages pages = new(deployment.Settlements);

    private readonly SingleFlightCache<string, ActivityPointer?> pointers = new(
        clock,
        _ => TimeSpan.FromSeconds(options.Value.BoardCacheSeconds),
        1
    );

    /// <summary>The card; null for an account that did nothing lately either, or before the first settlement.</summary>
    public async Task<ScoreCard?> FindAsync(AccountId id, CancellationToken cancellationToken)
    {
        if (await PointerAsync(cancellationToken) is not { } now)
            return null;
        var keys = await deployment.KeysAsync(cancellationToken);
        if (await ActivityOfAsync(now, keys.KeyOf(id), cancellationToken) is not { } own)
            return null;
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        var total = own.Total;
        return new ScoreCard(
            id.Value,
            own.Name,
            ScoringPolicy.Current.ScoreOf(0),
            0,
            0,
            0,
            0,
            0,
            new ScoreCardChange(0, 0, 0),
            null,
            null,
            null,
            ScoringPolicy.Current.Version,
            new ScoreCardCoverage(0, 0, 0),
            DateTimeOffset.FromUnixTimeSeconds(seconds - (seconds % 60))
        )
        {
            Style = StyleOf(Style.Of(own, now.Day)),
            OnlyEngages = true,
            Activity = new ScoreCardActivity(
                total.Posts,
                total.Shares,
                total.Replies,
                total.Quotes,
                total.Likes,
                total.Others,
                Math.Min(Activity.WindowDays, own.Days.Length),
                [.. own.Topics.Take(TopicsShown).Select(t => t.Topic)]
            ),
        };
    }

    /// <summary>A style as cards show it.</summary>
    public static ScoreCardStyle? StyleOf(Style? style) =>
        style is null
            ? null
            : new ScoreCardStyle(
                style.Name,
                style.IsCreating,
                style.IsParticipating,
                style.IsFocused,
                style.IsConsistent,
                style.Posts,
                style.Shares,
                style.Replies,
                style.Likes,
                style.Topics,
                style.ActiveDays
            );

    private async Task<Activity?> ActivityOfAsync(ActivityPointer now, ulong actor, CancellationToken cancellationToken)
    {
        foreach (var (key, activity) in await pages.FindAsync(now, actor, cancellationToken) ?? [])
            if (key == actor)
                return activity;
        return null;
    }

    private Task<ActivityPointer?> PointerAsync(CancellationToken cancellationToken) =>
        pointers.GetAsync(Latest, token => ActivityPointer.FindAsync(deployment.Settlements, token), cancellationToken);
}
