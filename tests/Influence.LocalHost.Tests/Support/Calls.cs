namespace Influence.LocalHost.Tests.Support;

/// <summary>What the functions of a test were called with.</summary>
internal sealed class Calls
{
    private readonly List<string> calls = [];

    public void Add(string call)
    {
        lock (calls)
            calls.Add(call);
    }

    public IReadOnlyList<string> All
    {
        get
        {
            lock (calls)
                return [.. calls];
        }
    }

    public async Task<IReadOnlyList<string>> WaitAsync(int count)
    {
        await Eventually.HoldsAsync($"{count} calls", () => All.Count >= count, state: () => string.Join(", ", All));
        return All;
    }
}
