namespace Influence.Pipeline.Tests.Support;

/// <summary>The calls to storage in memory, by step, since it was made.</summary>
internal sealed class CallCount(InMemoryStorage memory)
{
    private readonly Dictionary<string, int> before = new(memory.Calls, StringComparer.Ordinal);

    public int this[string step] => memory.Calls.GetValueOrDefault(step) - before.GetValueOrDefault(step);

    public int Total => memory.Calls.Values.Sum() - before.Values.Sum();
}
