namespace Influence.LocalRuntime.Tests.Support;

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
        for (var i = 0; All.Count < count; i++)
        {
            Assert.True(i < 600, $"{All.Count} of {count} calls: {string.Join(", ", All)}");
            await Task.Delay(50);
        }

        return All;
    }
}
