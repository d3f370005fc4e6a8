namespace Influence.Pipeline.Settle;

/// <summary>
/// Counts the accounts of a scan that cannot be read. A few are left out; many are not damage but a layout that is not known here, or a
/// fault of ours.
/// </summary>
internal sealed class ScanDamage
{
    private const int Few = 1;
    private const int OneIn = 20;

    private int accounts;
    private int lost;
    private PageException? first;

    /// <summary>Reads an account; null, and counted, where that fails.</summary>
    public TRead? Try<TRow, TRead>(TRow row, Func<TRow, TRead> read)
        where TRead : class
    {
        accounts++;
        try
        {
            return read(row);
        }
        catch (PageException e)
        {
            return Lost<TRead>(e);
        }
    }

    /// <summary>Completes an account; null where there is none, and, counted, where that fails.</summary>
    public async Task<T?> TryAsync<T>(T? account, Func<T, Task<T>> complete)
        where T : class
    {
        try
        {
            return account is null ? null : await complete(account);
        }
        catch (PageException e)
        {
            return Lost<T>(e);
        }
    }

    /// <summary>How many were lost.</summary>
    /// <exception cref="InvalidDataException">More than one, and more than one in 20.</exception>
    public int Assess() =>
        lost > Few && lost * OneIn > accounts
            ? throw new InvalidDataException($"{lost} of {accounts} accounts cannot be read. {first!.Message}", first)
            : lost;

    private T? Lost<T>(PageException damage)
        where T : class
    {
        lost++;
        first ??= damage;
        return null;
    }
}
