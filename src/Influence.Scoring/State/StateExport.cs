using System.Globalization;
using System.Text.Json;

namespace Influence.Scoring.State;

/// <summary>Writes everything that a state holds as JSON, for the person it is about.</summary>
/// <remarks>
/// People are named where they are known by name; of all others only a keyed hash is kept, and that is what is written.
/// </remarks>
public static class StateExport
{
    /// <summary>Writes the properties of the state into an object that was begun.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="state">The state, every page loaded.</param>
    /// <exception cref="PageNotLoadedException">A page is not loaded.</exception>
    public static void Write(Utf8JsonWriter json, AccountState state)
    {
        var names = state
            .KeptPeople.Select(p => p.Account)
            .Concat(state.Link?.Accounts ?? [])
            .Distinct()
            .ToDictionary(state.Keys.KeyOf, a => a.Value);
        json.WriteString("account", state.Account.Value);
        json.WriteString("name", state.Name);
        json.WriteString("standing", state.Standing.ToString().ToLowerInvariant());
        json.WriteNumber("policy", state.Policy.Version);
        WriteTotals(json, state.Totals);
        json.WriteStartArray("ties");
        foreach (var tie in state.Ties.Records())
        {
            json.WriteStartObject();
            json.WriteString("actor", NameOf(tie.Actor, names));
            json.WriteNumber("points", tie.Points);
            json.WriteString("last", Moment(tie.Last));
            json.WriteNumber("vote", tie.Vote);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteFacts(json, state, names);
        json.WriteNumber("takenBackRemembered", state.Undone.Records().LongCount());
        WriteHistory(json, state);
        WriteMeasures(json, state);
    }

    /// <summary>Writes what the account did itself in the last 28 days, by day.</summary>
    /// <param name="json">Where to, within an object that was begun.</param>
    /// <param name="activity">What it did. Whom it engaged is kept by a part of a keyed hash alone, which names nobody.</param>
    public static void Write(Utf8JsonWriter json, Activity activity)
    {
        json.WriteStartArray("ownActivity");
        foreach (var day in activity.Days)
        {
            json.WriteStartObject();
            json.WriteString("date", DateOf(day.Day));
            json.WriteNumber("posts", day.Counts.Posts);
            json.WriteNumber("shares", day.Counts.Shares);
            json.WriteNumber("replies", day.Counts.Replies);
            json.WriteNumber("quotes", day.Counts.Quotes);
            json.WriteNumber("likes", day.Counts.Likes);
            json.WriteNumber("others", day.Counts.Others);
            json.WriteStartObject("topics");
            foreach (var topic in day.Topics)
                json.WriteNumber(topic.Topic, topic.Count);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("engagedLately", activity.Targets.Length);
    }

    private static void WriteTotals(Utf8JsonWriter json, Totals totals)
    {
        json.WriteStartObject("totals");
        json.WriteString("asOf", Moment(totals.AsOf));
        json.WriteNumber("people", totals.People);
        json.WriteNumber("reach", totals.Reach);
        json.WriteNumber("engagement", totals.Engagement);
        json.WriteNumber("influence", totals.Influence);
        json.WriteNumber("counted", totals.Counted);
        json.WriteNumber("followers", totals.Followers);
        json.WriteString("followersAt", Moment(totals.FollowersAt));
        json.WriteNumber("interactions", totals.Interactions);
        json.WriteEndObject();
    }

    private static void WriteFacts(Utf8JsonWriter json, AccountState state, Dictionary<ulong, string> names)
    {
        json.WriteStartArray("facts");
        foreach (var entry in state.Ledger.Days.Values.SelectMany(day => day.Records()).OrderBy(e => e.At))
        {
            json.WriteStartObject();
            json.WriteString("at", Moment(entry.At));
            json.WriteString("type", InteractionTypes.NameOf(entry.Type));
            if (entry.IsIncrement)
                json.WriteNumber("count", entry.Count);
            else
                json.WriteString("actor", NameOf(entry.Actor, names));
            if (!entry.Context.Topics.IsEmpty)
            {
                json.WriteStartArray("topics");
                foreach (var topic in entry.Context.Topics)
                    json.WriteStringValue(topic);
                json.WriteEndArray();
            }

            if (entry.Context.Community is { } community)
                json.WriteString("community", community);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteHistory(Utf8JsonWriter json, AccountState state)
    {
        json.WriteStartArray("history");
        foreach (var day in state.History.Days)
        {
            json.WriteStartObject();
            json.WriteString("date", DateOf(day.Day));
            json.WriteNumber("reach", day.Reach);
            json.WriteNumber("engagement", day.Engagement);
            json.WriteNumber("people", day.People);
            json.WriteNumber("audience", day.Audience);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMeasures(Utf8JsonWriter json, AccountState state)
    {
        json.WriteStartObject("shares");
        WriteParts("types", state.Shares.SharesByType);
        WriteParts("topics", state.Shares.Topics);
        WriteParts("communities", state.Shares.Communities);
        json.WriteEndObject();
        json.WriteString("style", state.Style?.Name);
        json.WriteNumber("engagesBack", state.EngagesBack);
        WriteParts(
            "audience",
            AudienceMakeup.BandNames.Zip(state.Makeup?.People ?? []).Select(b => KeyValuePair.Create(b.First, (double)b.Second))
        );

        void WriteParts(string name, IEnumerable<KeyValuePair<string, double>> parts)
        {
            json.WriteStartObject(name);
            foreach (var (key, part) in parts)
                json.WriteNumber(key, part);
            json.WriteEndObject();
        }
    }

    private static string DateOf(int day) =>
        DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string NameOf(ulong actor, Dictionary<ulong, string> names) =>
        names.TryGetValue(actor, out var name) ? name : actor.ToString("x16", CultureInfo.InvariantCulture);

    private static DateTimeOffset Moment(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
}
