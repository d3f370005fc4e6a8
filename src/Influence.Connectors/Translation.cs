using System.Runtime.InteropServices;

namespace Influence.Connectors;

/// <summary>What a delivery means, in the order of its events; filled by one connector.</summary>
/// <param name="now">The moment for events that carry none, Unix seconds UTC.</param>
public sealed class Translation(long now)
{
    /// <summary>The name under which interactions with oneself are counted.</summary>
    public const string SelfInteraction = "self_interaction";

    /// <summary>The name under which events are counted that lack what their type must have.</summary>
    public const string Malformed = "malformed";

    /// <summary>The name under which interactions by and with accounts are counted that are no persons.</summary>
    public const string Bot = "bot";

    /// <summary>The name under which events are counted once there are too many names to tell apart.</summary>
    public const string Other = "other";

    /// <summary>Longest key of what is remembered; a longer one is no key of any source.</summary>
    public const int MaxKey = 4096;

    /// <summary>Most interactions of one remembered activity: a row must hold them.</summary>
    public const int MaxRemembered = 64;

    private const int MaxNames = 32;
    private const int MaxName = 64;
    private readonly List<TranslatedItem> items = [];
    private readonly Dictionary<string, int> skipped = new(StringComparer.Ordinal);

    /// <summary>The moment of the delivery, Unix seconds UTC.</summary>
    public long Now => now;

    /// <summary>The host of the instance that the delivery comes from; null where its source is one place.</summary>
    /// <remarks>In lower case. As its header names it; set by connectors of sources that name it only in the body.</remarks>
    public string? Instance { get; set; }

    /// <summary>Whether what happens in private repositories or channels counts.</summary>
    public bool IncludesPrivate { get; init; }

    /// <summary>Which of the delivery's events is being read, from 0; set by connectors of sources that batch.</summary>
    public int Index { get; set; }

    /// <summary>What there is to take in or take back.</summary>
    public IReadOnlyList<TranslatedItem> Items => items;

    /// <summary>How many events were not scored, by name; never an error.</summary>
    /// <remarks>Unknown types, types without a score, <see cref="SelfInteraction"/>, <see cref="Malformed"/>.</remarks>
    public IReadOnlyDictionary<string, int> Skipped => skipped;

    /// <summary>What to answer instead of 202, for a handshake that comes as a signed POST.</summary>
    public HandshakeReply? Reply { get; set; }

    /// <summary>Who is who, as far as the delivery shows it.</summary>
    public Sightings Sightings { get; } = new();

    /// <summary>How accounts are shown.</summary>
    internal NamesSeen Names { get; } = new();

    /// <summary>Notes how an account is shown, for all interactions of the delivery.</summary>
    /// <param name="account">The account; null for nobody.</param>
    /// <param name="names">What the source calls it, the best first; the first that can be shown counts.</param>
    public void Call(AccountId? account, params ReadOnlySpan<string?> names) => Names.Add(account, names);

    /// <summary>Counts an event that is not scored.</summary>
    /// <param name="name">Its type; never anything personal, since it is logged.</param>
    public void Skip(string? name)
    {
        name = IsName(name) ? name! : Malformed;
        // A hostile or buggy sender must not fill logs and metrics with names.
        if (skipped.Count >= MaxNames && !skipped.ContainsKey(name))
            name = Other;
        CollectionsMarshal.GetValueRefOrAddDefault(skipped, name, out _)++;
    }

    /// <summary>An interaction to take in. With oneself, or incomplete, it is counted instead.</summary>
    public void Add(InteractionDraft draft)
    {
        if (Check(draft) is { } interaction)
            items.Add(new TakeFact(Index, interaction));
    }

    /// <summary>Takes back what an account did up to a moment, <see cref="InteractionDraft.At"/>.</summary>
    /// <remarks>By its id, or where that is null by its type and object.</remarks>
    public void Undo(InteractionDraft draft)
    {
        if (Check(draft, needsId: false) is { } interaction)
            items.Add(new TakeFact(Index, new Undo(interaction)));
    }

    /// <summary>Like <see cref="Undo"/>, of an event without a moment: it is that at which its key first came.</summary>
    /// <remarks>So that the event, sent again, takes nothing back that was done since.</remarks>
    /// <param name="key">Names the event.</param>
    /// <param name="draft">What is taken back.</param>
    public void RememberUndo(string key, InteractionDraft draft)
    {
        if (IsKey(key) && Check(draft, needsId: false) is { } interaction)
            Remember(key, new Undo(interaction), isEpisode: false);
    }

    /// <summary>Puts another item in the place of each, or leaves it.</summary>
    public void Replace(Func<TranslatedItem, TranslatedItem> other)
    {
        for (var i = 0; i < items.Count; i++)
            items[i] = other(items[i]);
    }

    /// <summary>A fact that is complete already.</summary>
    public void Add(Fact fact) => items.Add(new TakeFact(Index, fact));

    /// <summary>An item in our own format, as it was read.</summary>
    public void Take(ReadFact read)
    {
        if (read.Fact is { } fact)
            Add(fact);
        else
            Refuse(read.Id, read.Refusal!);
    }

    /// <summary>An item in our own format that breaks a rule.</summary>
    public void Refuse(string? id, FactRefusal refusal) => items.Add(new RefusedItem(Index, id, refusal));

    /// <summary>
    /// Like <see cref="Add(InteractionDraft)"/>, and remembers it under a key. Others of the same key and event are remembered with it.
    /// </summary>
    /// <param name="key">See <see cref="RememberFacts"/>: it must hold who did it.</param>
    /// <param name="draft">The interaction.</param>
    public void Remember(string key, InteractionDraft draft)
    {
        if (IsKey(key) && Check(draft) is { } interaction)
            Remember(key, interaction, isEpisode: false);
    }

    /// <summary>The same for a fact that is complete already.</summary>
    public void Remember(string key, Fact fact)
    {
        if (IsKey(key))
            Remember(key, fact, isEpisode: false);
    }

    /// <summary>The same for what can be done, taken back and done again, each time at a moment of its own.</summary>
    public void RememberEpisode(string key, InteractionDraft draft)
    {
        if (IsKey(key) && Check(draft) is { } interaction)
            Remember(key, interaction, isEpisode: draft.At is not null);
    }

    /// <summary>Takes back whatever is remembered, or will be, under a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="at">The moment of taking back; null where the source gives none.</param>
    /// <param name="instead">What to take back where nothing is remembered under the key; null where that is not told.</param>
    public void TakeBack(string key, long? at, InteractionDraft? instead = null)
    {
        if (IsKey(key))
            items.Add(new TakeBack(Index, key, at ?? now) { Instead = Described(instead, at) });
    }

    /// <summary>Ends the episodes of a key that began before this.</summary>
    /// <param name="key">The key of <see cref="RememberEpisode"/>.</param>
    /// <param name="name">Names the event, the same when it is sent again.</param>
    /// <param name="at">Its moment; null where it carries none: then that at which it first came.</param>
    /// <param name="instead">What to take back where nothing is remembered under the key; null where that is not told.</param>
    public void EndEpisode(string key, string name, long? at, InteractionDraft? instead = null)
    {
        // Short, since a row holds many: the name comes from outside.
        if (IsKey(key) && FactIds.Of(name) is { } bounded)
            items.Add(new TakeBack(Index, key, at ?? now) { Event = bounded, Instead = Described(instead, at) });
    }

    private Undo? Described(InteractionDraft? draft, long? at) =>
        draft is not null && Check(draft with { At = at }, needsId: false) is { } described ? new Undo(described) : null;

    private void Remember(string key, Fact fact, bool isEpisode)
    {
        if (items is not [.., RememberFacts last] || last.Key != key)
            items.Add(new RememberFacts(Index, key, [fact]) { IsEpisode = isEpisode });
        else if (last.Facts.Count >= MaxRemembered)
            Skip("too_many_people");
        else
            items[^1] = last with { Facts = [.. last.Facts, fact] };
    }

    private bool IsKey(string key)
    {
        if (key.Length is > 0 and <= MaxKey)
            return true;
        Skip(Malformed);
        return false;
    }

    private Interaction? Check(InteractionDraft draft, bool needsId = true)
    {
        if (draft.Actor is not { } actor || (draft.Target is null && draft.Type != InteractionType.Post) || (draft.Id is null && needsId))
            return Not(Malformed);
        if (draft.Target == actor)
            return Not(SelfInteraction);
        if (NeverCounted.Matches(actor) || (draft.Target is { } target && NeverCounted.Matches(target)))
            return Not(Bot);
        return new Interaction
        {
            Type = draft.Type,
            Actor = actor,
            Target = draft.Type == InteractionType.Post ? null : draft.Target,
            At = draft.At ?? now,
            Id = draft.Id,
            Object = PlainText.IsWithin(draft.Object, FactRules.MaxObject) ? draft.Object : null,
            Context = draft.Context,
        };
    }

    private Interaction? Not(string name)
    {
        Skip(name);
        return null;
    }

    private static bool IsName(string? name) => PlainText.IsWithin(name, MaxName) && name.AsSpan().IndexOfAnyExcept(NameCharacters) < 0;

    private static readonly System.Buffers.SearchValues<char> NameCharacters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:/-"
    );
}
