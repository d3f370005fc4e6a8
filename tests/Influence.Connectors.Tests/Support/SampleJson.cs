using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Influence.Connectors.Tests.Support;

/// <summary>
/// Writes a translation as an expected file. It has the headers that were needed, the items in the API's own words, and what was not
/// scored.
/// </summary>
internal static class SampleJson
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(Translation translation, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var json = new JsonObject();
        if (headers.Count > 0)
            json["headers"] = new JsonObject(headers.Select(h => KeyValuePair.Create(h.Key, (JsonNode?)h.Value)));
        if (translation.Instance is { } instance)
            json["instance"] = instance;
        json["items"] = new JsonArray([.. translation.Items.Select(Item)]);
        if (translation.Skipped.Count > 0)
            json["skipped"] = new JsonObject(
                translation.Skipped.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value))
            );
        if (translation.Reply is { } reply)
            json["reply"] = reply.Body;
        return json.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Item(TranslatedItem item) =>
        item switch
        {
            TakeFact t => Any(t.Fact),
            RememberFacts r => new JsonObject
            {
                [r.IsEpisode ? "episode" : "remember"] = r.Key,
                ["facts"] = new JsonArray([.. r.Facts.Select(Any)]),
            },
            TakeBack { Event: { } name } t => new JsonObject
            {
                ["endEpisode"] = t.Key,
                ["event"] = name,
                ["at"] = At(t.At),
            },
            TakeBack { Instead: { } undo } t => new JsonObject
            {
                ["takeBack"] = t.Key,
                ["at"] = At(t.At),
                ["or"] = Fact(undo),
            },
            TakeBack t => new JsonObject { ["takeBack"] = t.Key, ["at"] = At(t.At) },
            RefusedItem r => new JsonObject
            {
                ["refused"] = r.Id,
                ["code"] = r.Refusal.Code.ToString(),
                ["message"] = r.Refusal.Message,
            },
            _ => throw new ArgumentOutOfRangeException(nameof(item), item, null),
        };

    private static JsonObject Any(Fact fact) => fact is MetricReport metric ? Metric(metric) : Fact(fact);

    private static JsonObject Fact(Fact fact)
    {
        var i = fact as Interaction ?? ((Undo)fact).Original;
        var json = new JsonObject { ["type"] = i.Type.ToString().ToLowerInvariant(), ["actor"] = i.Actor.Value };
        if (i.ActorName is { } actorName)
            json["actorName"] = actorName;
        if (i.Target is { } target)
            json["target"] = target.Value;
        if (i.TargetName is { } targetName)
            json["targetName"] = targetName;
        json["at"] = At(fact.At);
        if (i.Id is not null)
            json["id"] = i.Id;
        if (i.Object is not null)
            json["object"] = i.Object;
        if (!i.Context.Topics.IsEmpty)
            json["topics"] = new JsonArray([.. i.Context.Topics.Select(t => JsonValue.Create(t))]);
        if (i.Context.Community is { } community)
            json["community"] = community;
        if (fact is Undo)
            json["undo"] = true;
        return json;
    }

    private static JsonObject Metric(MetricReport m) =>
        new()
        {
            ["account"] = m.Account.Value,
            ["metric"] = m.Counts is { } counts ? MetricReport.NameOf(counts) : MetricReport.Followers,
            [m.Counts is null ? "value" : "add"] = m.Value,
            ["at"] = At(m.At),
            ["id"] = m.Id,
        };

    private static string At(long at) =>
        DateTimeOffset.FromUnixTimeSeconds(at).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
