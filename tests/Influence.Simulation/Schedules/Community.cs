using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Influence.Simulation.Schedules;

/// <summary>A batch that a client sends until it is accepted.</summary>
internal sealed record Batch(FactKind Kind, IReadOnlyList<Fact> Facts, byte[] Json);

/// <summary>A few accounts that engage each other: the facts of a schedule, as a client posts them.</summary>
internal sealed class Community(int accounts, Random random)
{
    private static readonly string[] Types = ["view", "click", "like", "follow", "reply", "mention", "share", "quote"];
    private readonly List<string> sent = [];
    private int ids;

    /// <summary>A batch of new facts; some of them sent before, late, or taking an earlier one back.</summary>
    /// <param name="now">The moment; hosts whose clocks are behind must not take a fact to be of the future.</param>
    public Batch Next(DateTimeOffset now)
    {
        var kind = random.Next(8) == 0 ? FactKind.Metrics : FactKind.Interactions;
        var items = Enumerable.Range(0, 1 + random.Next(6)).Select(_ => kind == FactKind.Metrics ? Metric(now) : Interaction(now)).ToList();
        var json = $"[{string.Join(',', items)}]";
        return new Batch(kind, FactText.Read(json, kind), Encoding.UTF8.GetBytes(json));
    }

    private string Interaction(DateTimeOffset now)
    {
        if (sent.Count > 0 && random.Next(8) == 0)
            return sent[random.Next(sent.Count)];
        if (sent.Count > 0 && random.Next(8) == 0)
            return Undo(sent[random.Next(sent.Count)]);
        var actor = random.Next(accounts);
        var target = (actor + 1 + random.Next(accounts - 1)) % accounts;
        var id = random.Next(3) == 0 ? "" : $",\"id\":\"i{ids++}\"";
        var topic = random.Next(3) == 0 ? $",\"topics\":[\"t{random.Next(2)}\"]" : "";
        var (type, at) = (Types[random.Next(Types.Length)], Moment(now));
        var item = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"type":"{{type}}","actor":"net:a{{actor}}","target":"net:a{{target}}","at":{{at}}{{id}}{{topic}}}"""
        );
        sent.Add(item);
        return item;
    }

    // Of one that has an id; whichever of the two arrives first.
    private static string Undo(string item)
    {
        using var json = JsonDocument.Parse(item);
        if (!json.RootElement.TryGetProperty("id", out _) || json.RootElement.TryGetProperty("undo", out _))
            return item;
        return string.Create(CultureInfo.InvariantCulture, $"{item[..^1]},\"undo\":true}}");
    }

    private string Metric(DateTimeOffset now)
    {
        var account = random.Next(accounts);
        return random.Next(2) == 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"metric":"followers","account":"net:a{{account}}","value":{{random.Next(1000)}},"at":{{Moment(now)}}}"""
            )
            : string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"metric":"likes","account":"net:a{{account}}","add":{{1 + random.Next(50)}},"id":"m{{ids++}}","at":{{Moment(now)}}}"""
            );
    }

    private long Moment(DateTimeOffset now)
    {
        var age = random.Next(4) switch
        {
            0 => TimeSpan.FromSeconds(random.Next(4 * 86_400)),
            1 => TimeSpan.FromSeconds(random.Next(86_400)),
            _ => TimeSpan.FromSeconds(random.Next(600)),
        };
        return (now - TimeSpan.FromMinutes(11) - age).ToUnixTimeSeconds();
    }
}
