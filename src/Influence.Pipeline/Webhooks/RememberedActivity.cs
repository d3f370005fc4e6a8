using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Azure.Data.Tables;

namespace Influence.Pipeline.Webhooks;

/// <summary>When something was taken back.</summary>
/// <param name="Event">Names the event that did it; null for what can be done only once.</param>
/// <param name="At">Its moment, Unix seconds: that at which it first came, where it carries none.</param>
internal readonly record struct ActivityEnd(string? Event, long At);

/// <summary>A remembered activity. Row layout 2.</summary>
/// <remarks>
/// Partition = two hex digits of the key's hash, row = the key; <c>V</c>, <c>Facts0…</c> (messages of <see cref="FactsCodec"/>, UTF-8),
/// <c>Ends</c> (a line each: Unix seconds, and behind a space the event; absent while it stands) and <c>At</c>, the last change: 90 days
/// after it the row can go.
/// </remarks>
internal sealed record RememberedActivity(string Key, IReadOnlyList<Fact> Facts, IReadOnlyList<ActivityEnd> Ends)
{
    // Somebody who does and undoes a thing more often than this plays with it: the oldest times are forgotten.
    private const int MostEpisodes = Translation.MaxRemembered;
    private const int Layout = 2;

    public static RememberedActivity New(string key) => new(key, [], []);

    public static (string Partition, string Row) AddressOf(string key) =>
        (XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(key)).ToString("x16", CultureInfo.InvariantCulture)[..2], TableKey.Encode(key));

    public static RememberedActivity Read(string key, TableEntity row)
    {
        if (row.GetInt32("V") != Layout)
            throw new InvalidOperationException($"The layout {row.GetInt32("V")} of an activity is not known here.");
        var facts = new List<Fact>();
        for (var i = 0; row.GetBinary($"{nameof(Facts)}{i}") is { } message; i++)
            facts.AddRange(FactsCodec.Read(Encoding.UTF8.GetString(message)).Facts);
        var ends = row.GetString(nameof(Ends))?.Split('\n').Select(EndOf);
        return new RememberedActivity(key, facts, [.. ends ?? []]);
    }

    public TableEntity ToRow(DateTimeOffset now)
    {
        var (partition, rowKey) = AddressOf(Key);
        var row = new TableEntity(partition, rowKey) { ["V"] = Layout, ["At"] = now };
        if (Ends.Count > 0)
            row[nameof(Ends)] = string.Join('\n', Ends.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.At} {e.Event}")));
        if (Facts.Count == 0)
            return row;
        // As bytes: a property holds 64 KiB of those, but only 32 Ki characters of text.
        foreach (var (i, message) in FactsCodec.Write(Facts, new FactOrigin(now.ToUnixTimeSeconds())).Index())
            row[$"{nameof(Facts)}{i}"] = Encoding.UTF8.GetBytes(message);
        return row;
    }

    /// <summary>With what an activity means. Of what was remembered already, the first stands.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="isEpisode">Whether facts of another moment are another episode.</param>
    public RememberedActivity With(IReadOnlyList<Fact> facts, bool isEpisode)
    {
        if (isEpisode ? Facts.Any(f => f.At == facts[0].At) : Facts.Count > 0)
            return this;
        return this with { Facts = [.. Facts.Concat(facts).TakeLast(Math.Max(MostEpisodes, facts.Count))] };
    }

    /// <summary>With the moment of taking back. Of the same event, the first stands.</summary>
    public RememberedActivity With(ActivityEnd end) =>
        Ends.Any(e => e.Event == end.Event) ? this : this with { Ends = [.. Ends.Append(end).TakeLast(MostEpisodes)] };

    /// <summary>What to send for facts of this activity: the facts, or their undos once they are taken back.</summary>
    /// <param name="facts">Some of the facts.</param>
    public IReadOnlyList<Fact> ToSend(IEnumerable<Fact> facts) => [.. facts.SelectMany(ToSend)];

    // An episode ends with the first end after it. What can be done once and was taken back never stands, whatever the clocks say.
    private IEnumerable<Fact> ToSend(Fact fact)
    {
        var ends = Ends.Where(e => e.Event is null || e.At >= fact.At).ToList();
        if (ends.Count == 0)
            return [fact];
        return fact is Interaction done ? [new Undo(done) { At = Math.Max(ends.Min(e => e.At), done.At) }] : [];
    }

    private static ActivityEnd EndOf(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return new(
            space == line.Length - 1 ? null : line[(space + 1)..],
            long.Parse(line.AsSpan(0, space), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        );
    }
}
