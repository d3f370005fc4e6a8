namespace Influence.Replay.Verify;

/// <summary>What the command line of <c>verify</c> asked for.</summary>
internal sealed record VerifyOptions
{
    /// <summary>Accounts by id.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>How many more are picked by chance.</summary>
    public int Sample { get; init; }

    /// <summary>Which sample.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether drifted states are written anew.</summary>
    public bool Repair { get; init; }

    /// <summary>The app.</summary>
    public Uri Url { get; init; } = new("http://localhost:7071");

    /// <summary>The operators' key.</summary>
    public string? AdminKey { get; init; }

    /// <summary>How long the request is tried while the app is away.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(120);
}
