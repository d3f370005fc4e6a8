using Azure;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Query;

/// <summary>A page of a board, and where the next one begins.</summary>
/// <param name="Page">The page, without its link.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
/// <param name="IsPinned">Whether the caller named this edition: then the page never changes.</param>
public sealed record BoardSlice(BoardPage Page, BoardCursor? Next, bool IsPinned);

/// <summary>Reads published boards.</summary>
public sealed class BoardQueries
{
    /// <summary>Most rows of one page.</summary>
    public const int MaxTop = 1000;

    /// <summary>Most neighbours on each side.</summary>
    public const int MaxSpan = 50;

    /// <summary>Why an account has no neighbours: the board keeps rows for its best places only.</summary>
    public const string BeyondTop = "beyond_top";

    private const string What = "a board while it was read";
    private const int DefaultPageSeconds = 60;

    // Some 300 bytes each.
    private const int MaxCachedRows = 100_000;
    private readonly Deployment deployment;
    private readonly OptimisticConcurrency concurrency;
    private readonly BoardCatalogue catalogue;
    private readonly ProfileReader profiles;
    private readonly Suppression suppression;
    private readonly BoardStore store;
    private readonly ReadCache<(string Board, DateOnly? Date, int Top, BoardCursor From, ETag Erased), BoardSlice> pages;

    internal BoardQueries(
        Deployment deployment,
        BoardCatalogue catalogue,
        ProfileReader profiles,
        Suppression suppression,
        OptimisticConcurrency concurrency,
        TimeProvider clock,
        IOptions<InfluenceOptions> options
    )
    {
        (this.deployment, this.catalogue, this.concurrency) = (deployment, catalogue, concurrency);
        (this.profiles, this.suppression) = (profiles, suppression);
        store = new BoardStore(deployment.Leaderboards, concurrency);
        pages = new("pages", clock, options.Value.PageCacheSeconds, DefaultPageSeconds, MaxCachedRows, slice => 1 + slice.Page.Rows.Count);
    }

    /// <summary>Every board with its days, not older than the setting <see cref="InfluenceOptions.BoardCacheSeconds"/> allows.</summary>
    public async Task<BoardList> ListAsync(CancellationToken cancellationToken)
    {
        StorageRequests.Enter("query");
        await deployment.KeysAsync(cancellationToken);
        return await catalogue.ListAsync(cancellationToken);
    }

    /// <summary>The published days of a board, ascending; none for a board that there is not.</summary>
    public async Task<IReadOnlyList<DateOnly>> DaysAsync(string board, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("query");
        await deployment.KeysAsync(cancellationToken);
        return [.. (await store.DaysAsync(cancellationToken, board)).Select(d => d.Date).Order()];
    }

    /// <summary>The latest day of the global board; null before the first publication.</summary>
    public Task<DateOnly?> LatestAsync(CancellationToken cancellationToken) => store.LatestAsync(BoardBuilder.Global, cancellationToken);

    /// <summary>A page of a board; null when there is no such board or it was not published that day.</summary>
    /// <param name="board">The board's name.</param>
    /// <param name="date">The day; null for the latest.</param>
    /// <param name="top">How many rows, 1 to <see cref="MaxTop"/>.</param>
    /// <param name="from">
    /// Where the page begins. When the day was published again since, an edition named here is still served; when twice, the page is of the
    /// new one.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<BoardSlice?> FindAsync(
        string board,
        DateOnly? date,
        int top,
        BoardCursor from,
        CancellationToken cancellationToken
    ) => (await FindFreshAsync(board, date, top, from, cancellationToken))?.Value;

    /// <summary>The same with how long it may still be kept: not older than <see cref="InfluenceOptions.PageCacheSeconds"/>.</summary>
    public async Task<Fresh<BoardSlice>?> FindFreshAsync(
        string board,
        DateOnly? date,
        int top,
        BoardCursor from,
        CancellationToken cancellationToken
    )
    {
        var erased = await suppression.CurrentAsync(cancellationToken);
        return await pages.GetAsync(
            (board, date, top, from, erased.Version),
            token => concurrency.RunAsync(What, _ => TryFindAsync(board, date, top, from, erased, token), token),
            cancellationToken
        );
    }

    // An edition may be deleted between its meta row and its places: then what counts since is read.
    private async Task<Attempt<BoardSlice?>> TryFindAsync(
        string board,
        DateOnly? date,
        int top,
        BoardCursor from,
        ErasedAccounts erased,
        CancellationToken cancellationToken
    )
    {
        if (await MetaAsync(board, date, cancellationToken) is not { } meta)
            return Attempt.Done<BoardSlice?>(null);
        var edition = meta.Before is { } before && before.Name == from.Edition ? before : meta.Current;
        var last = (int)Math.Min((long)from.After + top, edition.Rows);
        var rows = from.After < last ? await store.RowsAsync(board, meta.Date, edition.Name, from.After + 1, last, cancellationToken) : [];
        if (rows.Count < last - from.After)
            return Attempt.Conflict<BoardSlice?>();
        var page = new BoardPage(board, meta.Date, edition.AsOf, edition.Total, edition.Name, WithoutErased(rows, erased))
        {
            Before = meta.DayBefore,
        };
        BoardCursor? next = last < edition.Rows ? new BoardCursor(last, edition.Name) : null;
        return Attempt.Done<BoardSlice?>(new BoardSlice(page, next, from.Edition == edition.Name));
    }

    /// <summary>
    /// Where an account stands on a board of a day. Null when the board was not published that day, or does not rank the account. On
    /// <c>movers</c> only those among the places shown are found.
    /// </summary>
    /// <param name="board">The board's name.</param>
    /// <param name="date">The day; null for the latest.</param>
    /// <param name="account">Whose place.</param>
    /// <param name="span">How many neighbours on each side, 0 to <see cref="MaxSpan"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<BoardAround?> AroundAsync(
        string board,
        DateOnly? date,
        AccountId account,
        int span,
        CancellationToken cancellationToken
    )
    {
        var erased = await suppression.CurrentAsync(cancellationToken);
        if (erased.Has(account))
            return null;
        var around = await concurrency.RunAsync(
            What,
            _ => TryAroundAsync(board, date, account, span, erased, cancellationToken),
            cancellationToken
        );
        return around is null ? null : around with { Rows = WithoutErased(around.Rows, erased) };
    }

    private async Task<Attempt<BoardAround?>> TryAroundAsync(
        string board,
        DateOnly? date,
        AccountId account,
        int span,
        ErasedAccounts erased,
        CancellationToken cancellationToken
    )
    {
        if (await MetaAsync(board, date, cancellationToken) is not { } meta)
            return Attempt.Done<BoardAround?>(null);
        LoadedProfile? profile = null;
        var shown = await store.PositionAsync(board, meta, account.Value, cancellationToken);
        if (shown is null)
        {
            profile = await profiles.FindAsync(account, erased, cancellationToken);
            // Boards show a profile by its first account; any of its accounts finds it.
            if (profile is not null && profile.Id != account)
                shown = await store.PositionAsync(board, meta, (account = profile.Id).Value, cancellationToken);
        }

        if (shown is { } position)
        {
            var (first, last) = (Math.Max(1, position - span), Math.Min(meta.Current.Rows, position + span));
            var rows = await store.RowsAsync(board, meta.Date, meta.Current.Name, first, last, cancellationToken);
            if (rows.Count < last - first + 1)
                return Attempt.Conflict<BoardAround?>();
            var row = rows[position - first];
            var place = meta.RanksGain ? ScoreHistogram.PlaceOfGain(row.Change!.Value) : ScoreHistogram.PlaceOfScore(row.Score);
            return Attempt.Done<BoardAround?>(AroundOf(board, meta, account, row.Rank, meta.Histogram.PercentileOf(place), rows));
        }

        return Attempt.Done(
            !meta.RanksGain && profile is not null && BoardPlace.Of(profile, board, meta) is { } beyond
                ? AroundOf(board, meta, account, beyond.Rank, beyond.Percentile, [], beyond.IsProvisional)
                : null
        );
    }

    private static BoardAround AroundOf(
        string board,
        BoardMeta meta,
        AccountId account,
        int rank,
        double percentile,
        List<BoardRow> rows,
        bool isProvisional = false
    ) =>
        new(board, meta.Date, meta.Current.AsOf, meta.Current.Total, account.Value, rank, percentile, rows, isProvisional ? true : null)
        {
            NoRows = rows.Count == 0 ? BeyondTop : null,
        };

    private async Task<BoardMeta?> MetaAsync(string board, DateOnly? date, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("query");
        await deployment.KeysAsync(cancellationToken);
        return (date ?? await store.LatestAsync(board, cancellationToken)) is { } day
            ? await store.MetaAsync(board, day, cancellationToken)
            : null;
    }

    // Readers see no name of the erased from the moment on that they are on the list; the rows follow.
    private static IReadOnlyList<BoardRow> WithoutErased(IReadOnlyList<BoardRow> rows, ErasedAccounts erased) =>
        erased.IsEmpty
            ? rows
            :
            [
                .. rows.Select(r =>
                    IsErased(r.Id, erased) ? r with { Id = ErasedBoards.Erased, Name = null, Trend = [] }
                    : IsErased(r.NamedBy, erased) ? r with { Name = null }
                    : r
                ),
            ];

    private static bool IsErased(string? id, ErasedAccounts erased) => AccountId.TryParse(id, out var account) && erased.Has(account);
}
