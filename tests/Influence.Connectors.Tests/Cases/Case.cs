using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Influence.Connectors.Tests.Cases;

/// <summary>A line of <c>samples/cases/webhooks.jsonl</c>: a small delivery, and what it should come to.</summary>
internal sealed record Case(JsonObject Line)
{
    public static string File => Path.Combine(Sample.Root(), "samples", "cases", "webhooks.jsonl");

    public static long Now { get; } = Some.Moment("2026-11-25T12:00:00Z");

    public string Source => (string)Line["source"]!;

    public string Name => (string)Line["name"]!;

    public Delivery Delivery => Some.Delivery(Body, [.. Headers]);

    public byte[] Body =>
        Encoding.UTF8.GetBytes((bool)Line["form"]! ? $"payload={WebUtility.UrlEncode((string)Line["body"]!)}" : (string)Line["body"]!);

    public IEnumerable<KeyValuePair<string, string>> Headers =>
        Line["headers"]!.AsObject().Select(h => KeyValuePair.Create(h.Key, (string)h.Value!));

    public static IEnumerable<Case> All() => System.IO.File.ReadLines(File).Select(line => new Case(JsonNode.Parse(line)!.AsObject()));

    /// <summary>What a delivery comes to: one sentence a fact, and what was not scored.</summary>
    public static JsonObject MeaningOf(Translation translation) =>
        new()
        {
            ["counts"] = new JsonArray([.. translation.Items.SelectMany(Sentences).Select(s => (JsonNode)s)]),
            ["skipped"] = JsonSerializer.SerializeToNode(
                translation.Skipped.OrderBy(s => s.Key, StringComparer.Ordinal).ToDictionary(s => s.Key, s => s.Value)
            ),
        };

    private static IEnumerable<string> Sentences(TranslatedItem item) =>
        item switch
        {
            TakeFact t => [Sentence(t.Fact)],
            RememberFacts r => r.Facts.Select(f => $"{Sentence(f)}, remembered as {r.Key}"),
            TakeBack { Event: { } name } t => [$"takes back what is remembered as {t.Key} up to its first arrival as {name}"],
            TakeBack { Instead: { } undo } t => [$"takes back what is remembered as {t.Key}, or else {Sentence(undo)}"],
            TakeBack t => [$"takes back what is remembered as {t.Key}"],
            _ => [item.ToString()],
        };

    private static string Sentence(Fact fact)
    {
        var i = fact as Interaction ?? ((Undo)fact).Original;
        var at = DateTimeOffset.FromUnixTimeSeconds(fact.At).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var what = $"{i.Type.ToString().ToLowerInvariant()} {i.Actor}{(i.Target is { } target ? $" -> {target}" : "")} at {at}";
        var context = string.Join(' ', i.Context.Topics.Select(t => $"#{t}").Append(i.Context.Community is { } c ? $"in {c}" : ""));
        return $"{(fact is Undo ? "undo of " : "")}{what}, id {i.Id ?? "none"} {context}".TrimEnd();
    }
}
