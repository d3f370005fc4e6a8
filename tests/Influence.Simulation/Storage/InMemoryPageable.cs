using Azure;

namespace Influence.Simulation.Storage;

/// <summary>
/// A query's pages. Unlike the base class it awaits on the caller's scheduler, which a deterministic scheduler needs.
/// </summary>
/// <param name="load">Loads a page from a key on; the hint is the page size that the caller asks for.</param>
internal sealed class InMemoryPageable<T>(
    Func<(string Partition, string Row)?, int?, Task<(IReadOnlyList<T> Rows, (string Partition, string Row)? Next, Response Response)>> load
) : AsyncPageable<T>
    where T : notnull
{
    // No key holds a control character.
    private const char Separator = '\n';

    public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        do
        {
            var (rows, next, response) = await load(Read(continuationToken), pageSizeHint);
            continuationToken = next is { } key ? $"{key.Partition}{Separator}{key.Row}" : null;
            yield return Page<T>.FromValues(rows, continuationToken, response);
        } while (continuationToken is not null);
    }

    public override async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (var page in AsPages())
        foreach (var row in page.Values)
            yield return row;
    }

    private static (string Partition, string Row)? Read(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return null;
        var at = token.IndexOf(Separator, StringComparison.Ordinal);
        return (token[..at], token[(at + 1)..]);
    }
}
