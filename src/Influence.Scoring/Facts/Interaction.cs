namespace Influence.Scoring.Facts;

/// <summary>One person engaging with one account at one moment.</summary>
public sealed record Interaction : Fact
{
    /// <summary>What was done; its points are the policy's.</summary>
    public required InteractionType Type { get; init; }

    /// <summary>Who did it.</summary>
    public required AccountId Actor { get; init; }

    /// <summary>Whose account receives it; null for a <see cref="InteractionType.Post"/>.</summary>
    public AccountId? Target { get; init; }

    /// <summary>The moment it happened, Unix seconds UTC.</summary>
    public override required long At { get; init; }

    /// <summary>The idempotency id: the same id of this source, actor, target and day (UTC) is the same interaction.</summary>
    /// <remarks>
    /// Of several that differ the latest stands. Null derives one from type, actor, target, object and moment. At most
    /// <see cref="FactRules.MaxId"/> characters.
    /// </remarks>
    public string? Id { get; init; }

    /// <summary>What it was about (a post, a repository), at most <see cref="FactRules.MaxObject"/> characters.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1720", Justification = "The field's word: actor, verb, object.")]
    public string? Object { get; init; }

    /// <summary>Topics and community; <see cref="FactContext.None"/> when nothing was said of them.</summary>
    public FactContext Context { get; init; } = FactContext.None;

    /// <summary>How the actor is shown, at most <see cref="FactRules.MaxName"/> characters; null where nobody says.</summary>
    /// <remarks>NFC, trimmed. It is shown and never scored, and no key is made of it (docs/scoring.md, "Names").</remarks>
    public string? ActorName
    {
        get;
        init => field = DisplayName.FormOf(value);
    }

    /// <summary>The same of the target.</summary>
    public string? TargetName
    {
        get;
        init => field = DisplayName.FormOf(value);
    }

    internal bool IsNamed => ActorName is not null || TargetName is not null;

    internal Interaction WithoutNames() => IsNamed ? this with { ActorName = null, TargetName = null } : this;

    /// <inheritdoc/>
    public override AccountId? About => Target;
}
