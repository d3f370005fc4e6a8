namespace Influence.Replay.DeadLetters;

/// <summary>What is done with dead letters.</summary>
internal enum DeadLetterAction
{
    /// <summary>Show which there are.</summary>
    List,

    /// <summary>Show what is in them.</summary>
    Show,

    /// <summary>Run them again.</summary>
    Retry,

    /// <summary>Give them up for good.</summary>
    Discard,
}

/// <summary>What the command line of <c>dead-letters</c> asked for.</summary>
internal sealed record DeadLetterOptions
{
    /// <summary>What is done.</summary>
    public DeadLetterAction Action { get; init; }

    /// <summary>The letters by id; empty for all that <see cref="Queue"/> and <see cref="Since"/> name.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Only those of this queue; null for all.</summary>
    public string? Queue { get; init; }

    /// <summary>Only those kept on this day or later; null for all.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>Why, for the audit; null for none.</summary>
    public string? Reason { get; init; }

    /// <summary>The app.</summary>
    public Uri Url { get; init; } = new("http://localhost:7071");

    /// <summary>The operators' key.</summary>
    public string? AdminKey { get; init; }

    /// <summary>How long a request is tried while the app is away.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(120);
}
