using System.Text.Json;

namespace Influence.Simulation.Hosts;

/// <summary>Facts from their JSON, by the product's own reader: what a batch means, before anything is stored.</summary>
internal static class FactText
{
    public static IReadOnlyList<Fact> Read(string json, FactKind kind)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(item => Read(item, kind))];
    }

    private static Fact Read(JsonElement item, FactKind kind)
    {
        var read = FactReader.Read(item, kind);
        return read.Fact ?? throw new InvalidOperationException($"A schedule made a fact that is refused: {read.Refusal}");
    }
}
