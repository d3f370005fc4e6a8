using System.Text.Json;

namespace Influence.Connectors.Sources;

/// <summary>A post on X and what it means, the same whichever API tells it and in how many events.</summary>
internal sealed record XPost
{
    /// <summary>Most mentions that are read, those before an answer included, of which X allows 50.</summary>
    public const int MaxNamed = 100;

    private static readonly string[] Kinds = ["reply", "quote", "share", "mention"];

    public required string? Id { get; init; }

    /// <summary>The number of the account that wrote it.</summary>
    public required string? Author { get; init; }

    public required long? At { get; init; }

    public Other? RepliedTo { get; init; }

    public Other? Quoted { get; init; }

    /// <summary>What it passes on unchanged; then nothing else in it is its author's own word.</summary>
    public Other? Shared { get; init; }

    /// <summary>The numbers of the people named.</summary>
    public required IReadOnlyList<string> Mentioned { get; init; }

    public required IReadOnlyList<string?> Tags { get; init; }

    /// <summary>Another post and its author, as far as they are told.</summary>
    public sealed record Other(string? Id, string? Author);

    /// <summary>Puts the meaning into the translation: a share; or a reply, a quote and mentions; or a post.</summary>
    public void Tell(Translation into)
    {
        var act = new InteractionDraft
        {
            Type = InteractionType.Post,
            Actor = Account(Author),
            At = At,
            Id = FactIds.Of("post", Id),
            Object = Link(Id),
            Context = Contexts.Of(Tags, null),
        };
        if (Shared is not null)
        {
            // Somebody can repost a post once: that post is what makes two tellings one.
            Tell(
                act with
                {
                    Type = InteractionType.Share,
                    Target = Account(Shared.Author),
                    Id = FactIds.Of("share", Shared.Id),
                    Object = Link(Shared.Id),
                },
                "share",
                into
            );
            return;
        }

        var told = new HashSet<AccountId?> { act.Actor };
        if (RepliedTo is not null)
        {
            var target = Account(RepliedTo.Author);
            told.Add(target);
            Tell(act with { Type = InteractionType.Reply, Target = target, Id = FactIds.Of("reply", Id) }, "reply", into);
        }

        // Who is answered is neither quoted nor mentioned on top.
        if (Quoted is not null && (Account(Quoted.Author) is not { } quoted || told.Add(quoted) || quoted == act.Actor))
            Tell(act with { Type = InteractionType.Quote, Target = Account(Quoted.Author), Id = FactIds.Of("quote", Id) }, "quote", into);
        if (RepliedTo is null && Quoted is null)
            into.Add(act);
        foreach (var person in Mentioned.Distinct().Take(Mentions.Max))
            if (told.Add(Account(person)))
                Tell(
                    act with
                    {
                        Type = InteractionType.Mention,
                        Target = Account(person),
                        Id = FactIds.Of("mention", Id, person),
                    },
                    "mention",
                    into
                );
    }

    /// <summary>A post is gone: whatever it meant is taken back.</summary>
    public static void Delete(string? id, string? author, long? at, Translation into)
    {
        if (id is null || author is null)
            into.Skip(Translation.Malformed);
        else
            foreach (var kind in Kinds)
                into.TakeBack(Key(kind, author, id), at);
    }

    /// <summary>Somebody likes a post.</summary>
    /// <remarks>Remembered where the event does not say when, so that the moment it first came stands.</remarks>
    public static void Like(string? id, string? author, string? liker, long? at, IEnumerable<string?> tags, Translation into)
    {
        var draft = new InteractionDraft
        {
            Type = InteractionType.Like,
            Actor = Account(liker),
            Target = Account(author),
            At = at,
            Id = FactIds.Of("like", id),
            Object = Link(id),
            Context = Contexts.Of(tags, null),
        };
        if (at is null)
            into.Remember(Key("like", liker, id), draft);
        else
            into.Add(draft);
    }

    /// <summary>Whether a mention is the author's own word, and not one that X puts before an answer by itself.</summary>
    /// <remarks>Those stand outside of the text that is shown.</remarks>
    /// <param name="shown">The post's <c>display_text_range</c>; undefined where all of the text is shown.</param>
    /// <param name="start">Where the mention begins.</param>
    public static bool IsWritten(JsonElement shown, JsonElement start) =>
        shown.ValueKind != JsonValueKind.Array
        || shown.GetArrayLength() == 0
        || shown[0].ValueKind != JsonValueKind.Number
        || start.ValueKind != JsonValueKind.Number
        || !shown[0].TryGetInt64(out var from)
        || !start.TryGetInt64(out var at)
        || at >= from;

    /// <summary>Notes how a user is shown: by the user name, which alone is in every event, else by the name.</summary>
    public static void Call(string? number, string? userName, string? name, Translation into) =>
        into.Call(Account(number), userName is null ? null : $"@{userName.TrimStart('@')}", name);

    /// <summary>The account of that number.</summary>
    public static AccountId? Account(string? number) => number is not null && AccountId.TryParse($"x:{number}", out var id) ? id : null;

    private static string? Link(string? id) => id is null ? null : $"https://x.com/i/status/{id}";

    // By kind, since one event of a post may know who is quoted and another not.
    private void Tell(InteractionDraft draft, string kind, Translation into)
    {
        if (draft.Target is null)
            into.Skip($"{kind}.unknown_author");
        else
            into.Remember(Key(kind, Author, Id), draft);
    }

    private static string Key(string kind, string? author, string? id) => $"{kind}|{author}|{id}";
}
