namespace Influence.Connectors;

/// <summary>One thing that a delivery means.</summary>
/// <param name="Index">Which of the delivery's events it came from, from 0.</param>
public abstract record TranslatedItem(int Index);

/// <summary>A fact to take in: an <see cref="Interaction"/> or an <see cref="Undo"/>.</summary>
/// <param name="Index">Which of the delivery's events it came from, from 0.</param>
/// <param name="Fact">The fact; its id makes it count once however often it comes.</param>
public sealed record TakeFact(int Index, Fact Fact) : TranslatedItem(Index);

/// <summary>Interactions to take in and to remember, for later events that name them by their key alone.</summary>
/// <remarks>
/// Sent again, the interactions remembered first stand. After <see cref="TakeBack"/> of the key, in whichever order the two come, none
/// count.
/// </remarks>
/// <param name="Index">Which of the delivery's events it came from, from 0.</param>
/// <param name="Key">Names the activity within the source. It must hold who did it, so that nobody can take back what others did.</param>
/// <param name="Interactions">Everything the activity means: a reply and the people it mentions.</param>
public sealed record RememberFacts(int Index, string Key, IReadOnlyList<Interaction> Interactions) : TranslatedItem(Index);

/// <summary>Takes back whatever is remembered, or will be, under a key.</summary>
/// <param name="Index">Which of the delivery's events it came from, from 0.</param>
/// <param name="Key">The key of <see cref="RememberFacts"/>.</param>
/// <param name="At">The moment of taking back, Unix seconds UTC.</param>
public sealed record TakeBack(int Index, string Key, long At) : TranslatedItem(Index);

/// <summary>An item in our own format that breaks a rule; the answer to the sender lists it.</summary>
/// <param name="Index">Which of the delivery's items it is, from 0.</param>
/// <param name="Id">Its id, where it has one.</param>
/// <param name="Refusal">The rule it breaks.</param>
public sealed record RefusedItem(int Index, string? Id, FactRefusal Refusal) : TranslatedItem(Index);
