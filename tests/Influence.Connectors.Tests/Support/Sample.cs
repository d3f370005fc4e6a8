using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Influence.Connectors.Tests.Support;

/// <summary>A delivery under <c>samples/webhooks/{source}</c> as the source sends it. What is expected of it is beside it.</summary>
internal sealed record Sample(string Source, string Name)
{
    public string BodyFile => Path.Combine(Folder, Source, $"{Name}.json");

    public string ExpectedFile => Path.Combine(Folder, Source, $"{Name}.expected.json");

    public byte[] Body => File.ReadAllBytes(BodyFile);

    /// <summary>The headers that the body cannot do without, from the expected file.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers =>
        !File.Exists(ExpectedFile)
            ? []
            :
            [
                .. JsonElement
                    .Parse(File.ReadAllBytes(ExpectedFile))
                    .Get("headers")
                    .EnumerateObjectOrNothing()
                    .Select(h => KeyValuePair.Create(h.Name, h.Value.GetString()!)),
            ];

    public Delivery Delivery => Some.Delivery(Body, Headers);

    public static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", ".."));

    public static IEnumerable<Sample> All() =>
        from file in Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        where !file.EndsWith(".expected.json", StringComparison.Ordinal)
        select new Sample(Path.GetFileName(Path.GetDirectoryName(file)!), Path.GetFileNameWithoutExtension(file));

    private static string Folder => Path.Combine(Root(), "samples", "webhooks");
}

internal static class JsonElementExtensions
{
    public static IEnumerable<JsonProperty> EnumerateObjectOrNothing(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : [];
}
