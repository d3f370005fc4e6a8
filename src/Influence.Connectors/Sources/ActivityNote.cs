using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary>What a Create means: an answer, a quotation, mentions, or just a post. Only what is public is scored.</summary>
internal static class ActivityNote
{
    // Whatever has more tags than this was not written by a person.
    private const int MaxTags = 64;
    private static readonly string[] Types = ["Note", "Article", "Page", "Question", "Image", "Video", "Audio"];
    private static readonly string[] Addressing = ["to", "cc", "audience"];

    /// <summary>Reads the Create of a note.</summary>
    public static void Read(AccountId actor, JsonElement create, Translation into)
    {
        var note = create.Get("object").Each().FirstOrDefault();
        var (type, id) = (ActivityStreamsConnector.TypeOf(note, Types), FediverseAddress.Id(note));
        if (note.ValueKind != JsonValueKind.Object)
            into.Skip("Create.not_embedded");
        else if (!Types.Contains(type))
            into.Skip($"Create.{type}");
        else if (!IsPublic(create) && !IsPublic(note))
            into.Skip("Create.not_public");
        // A vote in a poll comes as an answer with a name and no text.
        else if (note.Text("name") is not null && note.Text("content") is null && note.Get("inReplyTo").Exists())
            into.Skip("Create.vote");
        else if (id is null)
            into.Skip(Translation.Malformed);
        else
            Read(actor, create, note, id, into);
    }

    /// <summary>The hashtags of a post.</summary>
    public static IEnumerable<string?> Hashtags(JsonElement post) => Tags(post, "Hashtag").Select(t => t.Text("name"));

    /// <summary>Whether a thing is addressed to the public collection: everybody may see it.</summary>
    public static bool IsPublic(JsonElement thing) =>
        Addressed(thing).Any(a => a is "https://www.w3.org/ns/activitystreams#Public" or "as:Public" or "Public");

    /// <summary>Whether a thing is addressed to anybody: a mere address of a post says nothing of who may see it.</summary>
    public static bool IsAddressed(JsonElement thing) => Addressed(thing).Any();

    private static void Read(AccountId actor, JsonElement create, JsonElement note, string id, Translation into)
    {
        var key = ActivityStreamsConnector.Key(actor, id);
        var topics = Hashtags(note).ToArray();
        var act = new InteractionDraft
        {
            Type = InteractionType.Post,
            Actor = actor,
            At = note.Moment("published") ?? create.Moment("published"),
            Id = FactIds.Of("post", id),
            Object = id,
            Context = Contexts.Of(topics, FediverseAddress.Host(actor)),
        };
        var told = new HashSet<AccountId?> { actor };
        var (answered, quoted) = (note.Get("inReplyTo"), Quoted(note));
        if (answered.Exists())
            About(answered, InteractionType.Reply, "reply");
        if (quoted.Exists())
            About(quoted, InteractionType.Quote, "quote");
        // Takes nothing back and so needs no memory: a post changes nobody's score.
        if (!answered.Exists() && !quoted.Exists())
            into.Add(act);
        foreach (var person in Tags(note, "Mention").Select(Named).Distinct().Take(Mentions.Max))
            if (told.Add(person))
                Tell(InteractionType.Mention, person, FactIds.Of("mention", id, person?.Value));

        // Who is answered anyway is neither quoted nor mentioned on top; answering or quoting oneself is counted as such.
        void About(JsonElement post, InteractionType kind, string name)
        {
            var author = FediverseAddress.Author(post);
            if (author is null)
                into.Skip($"{name}.unknown_author");
            else if (told.Add(author) || author == actor)
                Tell(kind, author, FactIds.Of(name, id));
        }

        void Tell(InteractionType kind, AccountId? target, string? factId) =>
            into.Remember(
                key,
                act with
                {
                    Type = kind,
                    Target = target,
                    Id = factId,
                    Context = Contexts.Of(topics, FediverseAddress.Host(target)),
                }
            );
    }

    // Mastodon and Misskey, and the names that came before.
    private static JsonElement Quoted(JsonElement note)
    {
        foreach (var name in new[] { "quote", "quoteUri", "quoteUrl", "_misskey_quote" })
            if (note.Get(name) is var quoted && quoted.Exists())
                return quoted;
        return default;
    }

    private static IEnumerable<JsonElement> Tags(JsonElement post, string type) =>
        post.Get("tag").Each().Take(MaxTags).Where(t => ActivityStreamsConnector.TypeOf(t, [type]) == type);

    // Minimal servers write only the name.
    private static AccountId? Named(JsonElement mention) =>
        mention.Text("href") is { } address ? FediverseAddress.Account(address) : FediverseAddress.Named(mention.Text("name"));

    private static IEnumerable<string?> Addressed(JsonElement thing) =>
        Addressing.SelectMany(name => thing.Get(name).Each()).Select(a => a.Text()).Take(1000);
}
