namespace Influence.Scoring.Facts;

/// <summary>An account on a network, written <c>network:id</c>: <c>twitter:12</c>, <c>bluesky:did:plc:abc</c>.</summary>
/// <remarks>
/// The network is 1–32 characters of <c>a-z 0-9 -</c>; the id is 1–256 UTF-16 characters of well-formed Unicode without control
/// characters. Compared ordinally: networks know what of their ids is case-insensitive, we do not.
/// </remarks>
public readonly record struct AccountId : IComparable<AccountId>
{
    /// <summary>The rule every account id obeys, word for word the text of the error when one does not.</summary>
    public const string Rule =
        "An account is 'network:id': a network of 1-32 characters from a-z, 0-9 and '-', a colon, "
        + "then an id of 1-256 characters without control characters.";

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

    /// <summary>Reads an id that obeys <see cref="Rule"/>.</summary>
    /// <param name="text">The candidate; null is refused like any other bad text.</param>
    /// <param name="id">The id, or <c>default</c> when the answer is false.</param>
    /// <returns>Whether the text obeys the rule.</returns>
    public static bool TryParse(string? text, out AccountId id)
    {
        id = default;
        if (text is null || !IsWellFormed(text))
            return false;
        id = new AccountId(text);
        return true;
    }

    /// <summary>Reads an id that obeys <see cref="Rule"/>.</summary>
    /// <exception cref="FormatException">The text breaks the rule; the message is the rule.</exception>
    public static AccountId Parse(string? text) => TryParse(text, out var id) ? id : throw new FormatException(Rule);

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

    private static bool IsWellFormed(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon is > 0 and <= MaxNetwork
            && text.Length - colon - 1 is > 0 and <= MaxId
            && !text.AsSpan(0, colon).ContainsAnyExcept(NetworkCharacters)
            && PlainText.IsWellFormed(text.AsSpan(colon + 1));
    }

    private static readonly System.Buffers.SearchValues<char> NetworkCharacters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyz0123456789-"
    );
}
