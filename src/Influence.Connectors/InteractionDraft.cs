namespace Influence.Connectors;

/// <summary>An interaction as far as an event tells it.</summary>
/// <remarks>What the event lacks is null; <see cref="Translation"/> decides what that means.</remarks>
public sealed record InteractionDraft
{
    /// <summary>What was done.</summary>
    public required InteractionType Type { get; init; }

    /// <summary>Who did it.</summary>
    public required AccountId? Actor { get; init; }

    /// <summary>Whose account receives it; null for a post.</summary>
    public AccountId? Target { get; init; }

    /// <summary>The event's own moment, Unix seconds UTC; null only where the source gives none.</summary>
    public required long? At { get; init; }

    /// <summary>The idempotency id: the same on redelivery, in twin events and in its undo.</summary>
    /// <remarks>
    /// Made by <see cref="FactIds"/> of kind and object, or of the event's id where those do not identify it. Null only for an undo that
    /// names what it takes back by type and object.
    /// </remarks>
    public required string? Id { get; init; }

    /// <summary>What it was about; dropped when it is over the limit.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1720", Justification = "The field's word: actor, verb, object.")]
    public string? Object { get; init; }

    /// <summary>Topics and community, made by <see cref="Contexts"/>.</summary>
    public FactContext Context { get; init; } = FactContext.None;
}
