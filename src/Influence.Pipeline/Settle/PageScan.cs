using Azure.Data.Tables;

namespace Influence.Pipeline.Settle;

/// <summary>Scans of accounts' pages, each kind in the order of keys, read along with a scan of their states.</summary>
internal sealed class PageScan(IReadOnlyList<Azure.AsyncPageable<TableEntity>> kinds, CancellationToken cancellationToken)
    : IAsyncDisposable
{
    private readonly List<IAsyncEnumerator<TableEntity>> scans = [.. kinds.Select(k => k.GetAsyncEnumerator(cancellationToken))];
    private bool[]? hasPage;

    /// <summary>The pages of the next account, by kind.</summary>
    /// <remarks>Those of accounts before it, which no state names, are passed over.</remarks>
    public async ValueTask<IReadOnlyList<IReadOnlyList<byte[]>>> OfAsync(TableEntity state)
    {
        if (hasPage is null)
        {
            hasPage = new bool[scans.Count];
            for (var kind = 0; kind < scans.Count; kind++)
                hasPage[kind] = await scans[kind].MoveNextAsync();
        }

        var pages = new List<byte[]>[scans.Count];
        for (var kind = 0; kind < scans.Count; kind++)
        {
            pages[kind] = [];
            for (; hasPage[kind] && CompareKeys(scans[kind].Current, state) <= 0; hasPage[kind] = await scans[kind].MoveNextAsync())
                if (CompareKeys(scans[kind].Current, state) == 0)
                    pages[kind].Add(scans[kind].Current.GetBinary(AccountRow.Page));
        }

        return pages;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var scan in scans)
            await scan.DisposeAsync();
    }

    private static int CompareKeys(TableEntity page, TableEntity state) =>
        AccountKeys.KeyIn(page.RowKey).SequenceCompareTo(AccountKeys.KeyIn(state.RowKey));
}
