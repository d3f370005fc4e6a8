using System.Text;

namespace Influence.Simulation.Invariants;

/// <summary>The dead letters that are kept.</summary>
internal static class StoredLetters
{
    public static IEnumerable<(string Address, string Queue, string Body)> Of(InMemoryStorage storage) =>
        storage
            .TableOf("DeadLetters")
            .All()
            .Select(r => ($"{r.PartitionKey} {r.RowKey}", r.PartitionKey.Split('|')[0], Encoding.UTF8.GetString(r.GetBinary("Body"))));
}
