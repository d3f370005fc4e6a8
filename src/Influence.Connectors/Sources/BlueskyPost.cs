using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary>What a record of <c>app.bsky.feed.post</c> means: an answer, a quotation, mentions, or just a post.</summary>
internal static class BlueskyPost
{
    // A text holds 300 characters; whatever has more facets than this was not written by a person.
    private const int MaxFacets = 64;

    /// <summary>Reads the record; <paramref name="act"/> gives who, when and which post.</summary>
    public static void Read(string key, InteractionDraft act, string rkey, JsonElement record, Translation into)
    {
        var features = record
            .Get("facets")
            .Each()
            .Take(MaxFacets)
            .SelectMany(f => f.Get("features").Each().Take(MaxFacets))
            .Take(MaxFacets)
            .ToArray();
        act = act with
        {
            Context = Contexts.Of(record.Get("tags").Each().Concat(Of("tag").Select(f => f.Get("tag"))).Select(t => t.Text()), null),
        };
        var told = new HashSet<AccountId?> { act.Actor };
        var (parent, quoted) = (record.Get("reply"), Quoted(record.Get("embed")));
        if (parent.Exists())
        {
            var answered = BlueskyAddress.AccountIn(parent.Text("parent", "uri"));
            told.Add(answered);
            into.Remember(key, act with { Type = InteractionType.Reply, Target = answered, Id = FactIds.Of("reply", rkey) });
        }

        // Who is answered anyway is neither quoted nor mentioned on top; quoting oneself is counted as such.
        if (BlueskyAddress.AccountIn(quoted) is { } author && (told.Add(author) || author == act.Actor))
            into.Remember(key, act with { Type = InteractionType.Quote, Target = author, Id = FactIds.Of("quote", rkey) });
        // Takes nothing back and so needs no memory: a post changes nobody's score.
        if (!parent.Exists() && quoted is null)
            into.Add(act with { Id = FactIds.Of("post", rkey) });
        foreach (var person in Of("mention").Select(f => f.Text("did")).Distinct().Take(Mentions.Max))
            if (told.Add(BlueskyAddress.Account(person)))
                into.Remember(
                    key,
                    act with
                    {
                        Type = InteractionType.Mention,
                        Target = BlueskyAddress.Account(person),
                        Id = FactIds.Of("mention", rkey, person),
                    }
                );

        IEnumerable<JsonElement> Of(string feature) => features.Where(f => f.Text("$type") == $"app.bsky.richtext.facet#{feature}");
    }

    // Also within an embed that adds a picture. Feeds, lists and starter packs are embedded in the same way, but only a post is quoted.
    private static string? Quoted(JsonElement embed)
    {
        var uri = embed.Text("$type") switch
        {
            "app.bsky.embed.record" => embed.Text("record", "uri"),
            "app.bsky.embed.recordWithMedia" => embed.Text("record", "record", "uri"),
            _ => null,
        };
        return BlueskyAddress.IsIn(uri, "app.bsky.feed.post") ? uri : null;
    }
}
