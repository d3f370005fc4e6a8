using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Query;

/// <summary>Cards of accounts that engaged others and that nobody has engaged.</summary>
/// <remarks>They are known from the pages of activity alone.</remarks>
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
        if (await ActivityOfAsync(id, cancellationToken) is not var (own, day))
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
            Style = Measures.StyleOf(Style.Of(own, day)),
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

    /// <summary>What an account did itself, and the last day of the window. Null for nothing, or before the first settlement.</summary>
    public async Task<(Activity Activity, int Day)?> ActivityOfAsync(AccountId id, CancellationToken cancellationToken)
    {
        var actor = (await deployment.KeysAsync(cancellationToken)).KeyOf(id);
        for (var attempt = 1; await PointerAsync(cancellationToken) is { } now; attempt++)
        {
            if (await PageAsync(now, actor, cancellationToken) is { } page)
                return page.Where(p => p.Key == actor).Select(p => ((Activity, int)?)(p.Value, now.Day)).FirstOrDefault();
            if (attempt == 2)
                break;
            // The pages may be those of before, and gone meanwhile.
            pointers.Forget(Latest);
        }

        return null;
    }

    // A damaged page costs its actors their card, and nobody an error.
    private async Task<List<KeyValuePair<ulong, Activity>>?> PageAsync(
        ActivityPointer now,
        ulong actor,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await pages.FindAsync(now, actor, cancellationToken);
        }
        catch (PageCorruptException)
        {
            return [];
        }
    }

    private Task<ActivityPointer?> PointerAsync(CancellationToken cancellationToken) =>
        pointers.GetAsync(Latest, token => ActivityPointer.FindAsync(deployment.Settlements, token), cancellationToken);
}
