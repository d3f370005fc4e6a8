namespace Influence.Scoring.Facts;

/// <summary>An account on a network, written <c>network:id</c>: <c>x:12</c>, <c>bluesky:did:plc:abc</c>.</summary>
/// <remarks>
/// Always in its normal form (docs/networks.md): Unicode NFC, without white space around it, the network in lower case, the id as
/// <see cref="NetworkRules"/> has it for that network. The network is 1–32 characters of <c>a-z 0-9 -</c>; the id is 1–256 UTF-16
/// characters that people can see. So one person is one id, whatever way it came, and ids are compared ordinally.
/// </remarks>
public readonly record struct AccountId : IComparable<AccountId>
{
    /// <summary>The rule every account id obeys, word for word the text of the error when one does not.</summary>
    public const string Rule =
        "An account is 'network:id': a network of 1-32 characters from a-z, 0-9 and '-', a colon, "
        + "then an id of 1-256 characters without white space, control or invisible characters.";

    private const int MaxNetwork = 32;
    private const int MaxId = 256;

    private readonly string? value;

    private AccountId(string value) => this.value = value;

    /// <summary>The whole id, <c>network:id</c>; empty only for <c>default</c>.</summary>
    public string Value => value ?? "";

    /// <summary>The part before the first colon, 1–32 characters.</summary>
    public string Network => NetworkText.ToString();

    /// <summary>The same without a string of its own.</summary>
    internal ReadOnlyMemory<char> NetworkText => Value.AsMemory(0, Math.Max(0, Value.IndexOf(':')));

    /// <summary>The part behind the first colon, 1–256 characters; empty only for <c>default</c>.</summary>
    public string Name => Value[Math.Min(Value.Length, Value.IndexOf(':') + 1)..];

    /// <summary>Reads an id and brings it to its normal form.</summary>
    /// <param name="text">The candidate; null is refused like any other bad text.</param>
    /// <param name="id">The id, or <c>default</c> when the answer is false.</param>
    /// <returns>Whether the text obeys the rules.</returns>
    public static bool TryParse(string? text, out AccountId id) => TryParse(text, out id, out _);

    /// <summary>Reads an id and brings it to its normal form, or says what is wrong with it.</summary>
    /// <param name="text">The candidate; null is refused like any other bad text.</param>
    /// <param name="id">The id, or <c>default</c> when the answer is false.</param>
    /// <param name="problem">The rule it breaks, a sentence, and the id that was meant where that can be told; null for an id.</param>
    public static bool TryParse(string? text, out AccountId id, out string? problem)
    {
        id = default;
        problem = Rule;
        if (text is null || !TrySplit(PlainText.Compose(text).AsSpan().Trim(), out var network, out var name))
            return false;
        if (NetworkRules.Find(network) is not { } rule)
        {
            // As sent but for the common form: case counts where nobody said that it does not.
            id = new AccountId($"{network}:{name}");
        }
        else if (rule.FormOf(name) is { Length: > 0 and <= MaxId } formed)
            id = new AccountId($"{rule.StoredAs}:{formed}");
        else
        {
            problem = rule.ProblemWith(name);
            return false;
        }

        problem = null;
        return true;
    }

    /// <summary>Reads an id and brings it to its normal form.</summary>
    /// <exception cref="FormatException">The text is none; the message is the rule it breaks.</exception>
    public static AccountId Parse(string? text) => TryParse(text, out var id, out var problem) ? id : throw new FormatException(problem);

    /// <summary>The same account with its id in lower case: for networks that a setting names as not case-sensitive.</summary>
    public AccountId Folded() => value is null ? this : new AccountId(PlainText.Compose(value.ToLowerInvariant()));

    /// <summary>Ordinal order of the whole id: the last tie-break of every ranking.</summary>
    public int CompareTo(AccountId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>Same as <see cref="Value"/>.</summary>
    public override string ToString() => Value;

    /// <summary>Ordinal order, see <see cref="CompareTo"/>.</summary>
    public static bool operator <(AccountId left, AccountId right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order, see <see cref="CompareTo"/>.</summary>
    public static bool operator >(AccountId left, AccountId right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order, see <see cref="CompareTo"/>.</summary>
    public static bool operator <=(AccountId left, AccountId right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order, see <see cref="CompareTo"/>.</summary>
    public static bool operator >=(AccountId left, AccountId right) => left.CompareTo(right) >= 0;

    private static bool TrySplit(ReadOnlySpan<char> text, out string network, out string name)
    {
        (network, name) = ("", "");
        var colon = text.IndexOf(':');
        if (colon is < 1 or > MaxNetwork || text.Length - colon - 1 is < 1 or > MaxId || !PlainText.IsId(text))
            return false;
        Span<char> lower = stackalloc char[colon];
        text[..colon].ToLowerInvariant(lower);
        if (((ReadOnlySpan<char>)lower).ContainsAnyExcept(NetworkCharacters))
            return false;
        (network, name) = (lower.ToString(), text[(colon + 1)..].ToString());
        return true;
    }

    private static readonly System.Buffers.SearchValues<char> NetworkCharacters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyz0123456789-"
    );
}
