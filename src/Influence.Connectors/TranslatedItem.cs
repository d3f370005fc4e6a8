namespace Influence.Connectors;

/// <summary>One thing that a delivery means.</summary>
/// <param name="Index">Which of the delivery's events it came from, from 0.</param>
public abstract record TranslatedItem(int Index);

/// <summary>A fact to take in: an <see cref="Interaction"/> or an <see cref="Undo"/>.</summary>
/// <param name="Index">Which of the delivery's events it came from, from 0.</param>
/// <param name="Fact">The fact; its id makes it count once however often it comes.</param>
public sealed record TakeFact(int Index, Fact Fact) : TranslatedItem(Index);

/// <summary>Facts to take in and to remember, for later events that name them by their key alone.</summary>
/// <remarks>
/// Sent again, the facts remembered first stand, with their first moment. After a <see cref="TakeBack"/> of the key, in whichever order
/// the two come, no interaction of them counts.
/// </remarks>
/// <param name="Index">Which of the delivery's events it came from, from 0.</param>
/// <param name="Key">Names the activity within the source. It must hold who did it, so that nobody can take back what others did.</param>
/// <param name="Facts">Everything the activity means: a reply and the people it mentions.</param>
public sealed record RememberFacts(int Index, string Key, IReadOnlyList<Fact> Facts) : TranslatedItem(Index)
{
    /// <summary>Whether the activity can be done again under its key.</summary>
    /// <remarks>What has another moment is another episode.</remarks>
    public bool IsEpisode { get; init; }
}

/// <summary>Takes back whatever is remembered, or will be, under a key.</summary>
/// <param name="Index">Which of the delivery's events it came from, from 0.</param>
/// <param name="Key">The key of <see cref="RememberFacts"/>.</param>
/// <param name="At">The moment of taking back, Unix seconds UTC; sent again, the first stands.</param>
public sealed record TakeBack(int Index, string Key, long At) : TranslatedItem(Index)
{
    /// <summary>Names the end of something that can be done again.</summary>
    /// <remarks>It ends the episodes that began before it.</remarks>
    /// <remarks>Null for what can be done once: it ends all of it, whatever the clocks say.</remarks>
    public string? Event { get; init; }

    /// <summary>What it is by its content, for where nothing is remembered under the key.</summary>
    /// <remarks>Null where only the key is told.</remarks>
    public Undo? Instead { get; init; }
}

/// <summary>An item in our own format that breaks a rule; the answer to the sender lists it.</summary>
/// <param name="Index">Which of the delivery's items it is, from 0.</param>
/// <param name="Id">Its id, where it has one.</param>
/// <param name="Refusal">The rule it breaks.</param>
public sealed record RefusedItem(int Index, string? Id, FactRefusal Refusal) : TranslatedItem(Index);
