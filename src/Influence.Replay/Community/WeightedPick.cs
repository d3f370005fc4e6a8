namespace Influence.Replay.Community;

/// <summary>Draws accounts as often as their weights say.</summary>
internal sealed class WeightedPick
{
    private readonly Account[] accounts;
    private readonly double[] sums;

    /// <summary>Prepares the draw.</summary>
    /// <param name="accounts">At least one.</param>
    /// <param name="weight">Above 0.</param>
    public WeightedPick(IEnumerable<Account> accounts, Func<Account, double> weight)
    {
        this.accounts = [.. accounts];
        var sum = 0.0;
        sums = [.. this.accounts.Select(a => sum += weight(a))];
    }

    /// <summary>How many can be drawn.</summary>
    public int Count => accounts.Length;

    /// <summary>One account.</summary>
    public Account Next(Random random)
    {
        var found = Array.BinarySearch(sums, random.NextDouble() * sums[^1]);
        return accounts[Math.Min(found < 0 ? ~found : found + 1, accounts.Length - 1)];
    }
}
