using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Publish;

/// <summary>A board of a day as one publication makes it.</summary>
/// <param name="Run">The publication.</param>
/// <param name="RankedAt">When its accounts began to be ranked, by the storage service's clock.</param>
/// <param name="Everyone">All that it ranks, by score; by gain where <see cref="RanksGain"/>.</param>
/// <param name="Places">The places shown, best first.</param>
internal sealed record BoardEdition(PublicationRun Run, DateTimeOffset RankedAt, ScoreHistogram Everyone, IReadOnlyList<BoardEntry> Places)
{
    /// <summary>Whether it ranks by what was gained over 7 days, rather than by the score.</summary>
    public bool RanksGain { get; init; }

    /// <summary>Prefix of its rows' keys: a hash of the publication and of what the edition shows.</summary>
    /// <remarks>
    /// The same step again lands on the same rows. A step that runs twice over different partial results makes two editions, and never one
    /// mixed of both.
    /// </remarks>
    public string Name { get; } = NameOf(Run, Everyone, Places);

    private static string NameOf(PublicationRun run, ScoreHistogram everyone, IReadOnlyList<BoardEntry> places)
    {
        var hash = new XxHash3();
        hash.Append(Encoding.UTF8.GetBytes(run.Id));
        hash.Append(everyone.Pack());
        Span<byte> figures = stackalloc byte[2 * sizeof(double)];
        foreach (var entry in places)
        {
            hash.Append(Encoding.UTF8.GetBytes(entry.Account.Value));
            // Ids hold no control characters, so that a name never reads as part of one.
            if (entry.Name is not null)
                hash.Append(Encoding.UTF8.GetBytes($"\n{entry.Name}\n{entry.NamedBy}"));
            hash.Append(Encoding.ASCII.GetBytes(entry.Trend ?? ""));
            BinaryPrimitives.WriteDoubleLittleEndian(figures, entry.Score);
            BinaryPrimitives.WriteDoubleLittleEndian(figures[sizeof(double)..], entry.Influence);
            hash.Append(figures);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>The same without the places of some accounts, and without the names told of them.</summary>
    public BoardEdition Without(Func<AccountId, bool> isGone) =>
        Places.Any(p => isGone(p.Account) || (p.NamedBy is { } by && isGone(AccountId.Parse(by))))
            ? new(
                Run,
                RankedAt,
                Everyone,
                [
                    .. Places
                        .Where(p => !isGone(p.Account))
                        .Select(p => p.NamedBy is { } by && isGone(AccountId.Parse(by)) ? p with { Name = null, NamedBy = null } : p),
                ]
            )
            {
                RanksGain = RanksGain,
            }
            : this;

    /// <summary>Where an entry stands in <see cref="Everyone"/>.</summary>
    public int PlaceOf(BoardEntry entry) => RanksGain ? ScoreHistogram.PlaceOfGain(entry.Gain) : ScoreHistogram.PlaceOfScore(entry.Score);
}

/// <summary>An edition as readers see it.</summary>
/// <param name="Name">What the keys of its rows begin with, 16 lower-case hex digits.</param>
/// <param name="AsOf">The moment its scores are of.</param>
/// <param name="Total">How many accounts it ranks.</param>
/// <param name="Rows">How many places it shows.</param>
internal sealed record EditionInfo(string Name, DateTimeOffset AsOf, int Total, int Rows);

/// <summary>A board's day as a whole: the edition that counts, and the one before. Pages of the one before may still be turned.</summary>
internal sealed record BoardMeta(DateOnly Date, EditionInfo Current, EditionInfo? Before, ScoreHistogram Histogram, ETag ETag)
{
    /// <summary>The publication that made the current edition.</summary>
    public required string Publication { get; init; }

    /// <summary>When that was requested, by the storage service's clock.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When its accounts began to be ranked, by the storage service's clock.</summary>
    public required DateTimeOffset RankedAt { get; init; }

    /// <summary>The day at whose end it ranks, days since 1970, from histories; null for another moment.</summary>
    public required int? EndOfDay { get; init; }

    /// <summary>Whether the histogram counts gains.</summary>
    public required bool RanksGain { get; init; }

    /// <summary>The published day before it, when it was published; null for none.</summary>
    public required DateOnly? DayBefore { get; init; }

    private const int Layout = 2;

    /// <summary>The row of a new edition, and of the one that it replaces.</summary>
    public static TableEntity Row(string name, BoardEdition board, BoardMeta? known, DateOnly? dayBefore)
    {
        var row = new TableEntity(BoardKeys.Partition(name, board.Run.Date), BoardKeys.Meta)
        {
            ["V"] = Layout,
            ["Publication"] = board.Run.Id,
            ["RequestedAt"] = board.Run.RequestedAt,
            ["RankedAt"] = board.RankedAt,
            ["EndOfDay"] = board.Run.Input.EndOfDay,
            ["RanksGain"] = board.RanksGain,
            ["Histogram"] = board.Everyone.Pack(),
            ["DayBefore"] = dayBefore is { } day ? BoardKeys.Key(day) : null,
        };
        var asOf = DateTimeOffset.FromUnixTimeSeconds(board.Run.Input.AsOf);
        Put(row, "", new EditionInfo(board.Name, asOf, board.Everyone.Total, board.Places.Count));
        if ((known?.Current.Name == board.Name ? known.Before : known?.Current) is { } before)
            Put(row, "Before", before);
        return row;
    }

    private static void Put(TableEntity row, string suffix, EditionInfo edition)
    {
        row["Edition" + suffix] = edition.Name;
        row["AsOf" + suffix] = edition.AsOf;
        row["Total" + suffix] = edition.Total;
        row["Rows" + suffix] = edition.Rows;
    }

    private static EditionInfo? EditionOf(TableEntity row, string suffix) =>
        row.GetString("Edition" + suffix) is { } name
            ? new EditionInfo(
                name,
                row.GetDateTimeOffset("AsOf" + suffix)!.Value,
                row.GetInt32("Total" + suffix)!.Value,
                row.GetInt32("Rows" + suffix)!.Value
            )
            : null;

    /// <summary>Reads what <see cref="Row"/> made.</summary>
    [return: NotNullIfNotNull(nameof(row))]
    public static BoardMeta? Read(DateOnly date, TableEntity? row)
    {
        if (row is null)
            return null;
        if (row.GetInt32("V") != Layout)
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"The layout {row.GetInt32("V")} of a board is not known here.")
            );
        return new BoardMeta(date, EditionOf(row, "")!, EditionOf(row, "Before"), ScoreHistogram.Read(row.GetBinary("Histogram")), row.ETag)
        {
            Publication = row.GetString("Publication"),
            RequestedAt = row.GetDateTimeOffset("RequestedAt")!.Value,
            RankedAt = row.GetDateTimeOffset("RankedAt")!.Value,
            EndOfDay = row.GetInt32("EndOfDay"),
            RanksGain = row.GetBoolean("RanksGain")!.Value,
            DayBefore = row.GetString("DayBefore") is { } day ? BoardKeys.ReadDate(day) : null,
        };
    }
}
