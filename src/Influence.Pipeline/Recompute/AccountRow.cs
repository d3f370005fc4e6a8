using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Recompute;

/// <summary>The rows of an account.</summary>
/// <remarks>
/// The state row, layout 5: <c>V</c>, <c>Account</c>, <c>Summary</c> (all a score card needs), the sections <c>Ties</c>, <c>Ledger</c> and
/// <c>Undone</c> while each is small; <c>Settlement</c> and <c>SettlementAt</c>, the settlement that wrote it last, and <c>FactsSince</c>,
/// whether facts were applied after that; for people who look into the table <c>AsOf</c>, <c>Influence</c> and <c>Score</c> as of then. A
/// page row holds <c>Page</c>.
/// </remarks>
internal static class AccountRow
{
    public const string Account = "Account";
    public const string Summary = "Summary";
    public const string Page = "Page";
    public const string Settlement = "Settlement";
    public const string SettlementAt = "SettlementAt";
    public const string FactsSince = "FactsSince";
    private const int Layout = 5;

    private static readonly PageKind[] Kinds = Enum.GetValues<PageKind>();

    public static AccountDocument Read(TableEntity row, AccountId account, KeyHasher keys)
    {
        var state = ReadSummary(row, account, keys);
        var inRows = new HashSet<PageKind>();
        foreach (var kind in Kinds)
        {
            if (row.GetBinary(kind.ToString()) is { } section)
                state = PageSection.Read(state, kind, section);
            else
                inRows.Add(kind);
        }

        return new AccountDocument(state, row.ETag, inRows, StampOf(row)) { HasFactsSince = row.GetBoolean(FactsSince) != false };
    }

    /// <summary>Puts the ties into a state where they stand in the row itself.</summary>
    public static AccountState ReadTies(TableEntity row, AccountState state) =>
        row.GetBinary(nameof(PageKind.Ties)) is { } section ? PageSection.Read(state, PageKind.Ties, section) : state;

    /// <summary>Only what a reader needs: no page is loaded.</summary>
    public static AccountState ReadSummary(TableEntity row, AccountId account, KeyHasher keys)
    {
        if (row.GetInt32("V") != Layout)
            throw new PageCorruptException("state row", $"its layout {row.GetInt32("V")} is not known here");
        return StatePacking.ReadSummary(row.GetBinary(Summary) ?? [], account, keys);
    }

    /// <summary>What to write to get from one state to another: the state row first, under its ETag, then pages.</summary>
    /// <param name="before">The account as it was read.</param>
    /// <param name="after">The account as it is to be.</param>
    /// <param name="keys">Where rows lie.</param>
    /// <param name="settlement">The settlement that writes; null where facts or an operator do.</param>
    /// <param name="isOfFacts">Whether facts are what changes it.</param>
    public static AccountChange Change(
        AccountDocument before,
        AccountState after,
        AccountKeys keys,
        SettlementStamp? settlement = null,
        bool isOfFacts = true
    )
    {
        var partition = keys.PartitionOf(after.Account);
        var pages = StatePacking.PagesOf(after).ToLookup(p => p.Key.Kind);
        var row = StateRow(after, partition, keys.StateOf(after.Account));
        var hasFacts = settlement is null && (isOfFacts || before.HasFactsSince);
        row[FactsSince] = hasFacts;
        var stamp = settlement ?? before.Settlement;
        if (stamp is not null)
            (row[Settlement], row[SettlementAt]) = (stamp.Publication, stamp.RequestedAt);
        var inRows = new HashSet<PageKind>(before.InRows);
        foreach (var kind in Kinds.Where(k => !inRows.Contains(k)))
        {
            if (pages[kind].Sum(p => p.Value.PackedSize) > PageSection.MaxBytes)
                inRows.Add(kind);
            else
                row[kind.ToString()] = PageSection.Pack(after, pages[kind]);
        }

        var state = before.ETag is { } etag
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, etag)
            : new TableTransactionAction(TableTransactionActionType.Add, row);
        return new AccountChange(
            [state, .. PageChanges(before, after, keys, partition, inRows)],
            new AccountDocument(after, null, inRows, stamp) { HasFactsSince = hasFacts }
        );
    }

    /// <summary>Whether facts may have come since a publication ranked its accounts.</summary>
    /// <remarks>The row was written since, and not by the publication's settlement alone.</remarks>
    /// <param name="row">The state row.</param>
    /// <param name="publication">The publication.</param>
    /// <param name="rankedAt">When it began to rank, by the storage service's clock, which stamps the row too.</param>
    public static bool HasFactsSince(TableEntity row, string publication, DateTimeOffset rankedAt) =>
        row.Timestamp > rankedAt && (row.GetString(Settlement) != publication || row.GetBoolean(FactsSince) != false);

    private static SettlementStamp? StampOf(TableEntity row) =>
        row.GetString(Settlement) is { } publication ? new SettlementStamp(publication, row.GetDateTimeOffset(SettlementAt)!.Value) : null;

    private static IEnumerable<TableTransactionAction> PageChanges(
        AccountDocument before,
        AccountState after,
        AccountKeys keys,
        string partition,
        HashSet<PageKind> inRows
    )
    {
        var old = StatePacking.PagesOf(before.State).Where(p => before.InRows.Contains(p.Key.Kind)).ToDictionary();
        foreach (var (name, page) in StatePacking.PagesOf(after).Where(p => inRows.Contains(p.Key.Kind)))
        {
            if (old.Remove(name, out var known) && ReferenceEquals(known, page))
                continue;
            var row = new TableEntity(partition, keys.RowOf(after.Account, name)) { [Page] = StatePacking.PackPage(after, page) };
            yield return new TableTransactionAction(TableTransactionActionType.UpsertReplace, row);
        }

        foreach (var name in old.Keys)
            yield return new TableTransactionAction(
                TableTransactionActionType.Delete,
                new TableEntity(partition, keys.RowOf(after.Account, name)),
                ETag.All
            );
    }

    private static TableEntity StateRow(AccountState state, string partition, string key)
    {
        var score = state.ScoreAt(state.Totals.AsOf);
        return new TableEntity(partition, key)
        {
            ["V"] = Layout,
            [Account] = state.Account.Value,
            [Summary] = StatePacking.PackSummary(state),
            ["AsOf"] = DateTimeOffset.FromUnixTimeSeconds(state.Totals.AsOf),
            ["Influence"] = score.Influence,
            ["Score"] = score.Value,
        };
    }
}

/// <summary>A change of an account: the rows to write, and the account as it then is.</summary>
/// <param name="Actions">The state row first, under its ETag or as new, then the pages that have rows of their own.</param>
/// <param name="After">The account after it, whose ETag is known when it is written.</param>
internal sealed record AccountChange(List<TableTransactionAction> Actions, AccountDocument After)
{
    /// <summary>Its estimated size in a request: binary as base64, and what goes with each row.</summary>
    public int Bytes { get; } =
        Actions.Sum(a => 600 + ((TableEntity)a.Entity).Sum(p => p.Value is byte[] b ? (b.Length * 4 / 3) + 64 : 64));
}
