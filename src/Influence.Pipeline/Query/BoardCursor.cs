using System.Globalization;

namespace Influence.Pipeline.Query;

/// <summary>
/// Where a page of a board begins: <c>{position}</c>, or <c>{position}.{edition}</c>. With the edition it stays with the one that the pages
/// before are of.
/// </summary>
/// <param name="After">The position after which it begins, 0 for the first page.</param>
/// <param name="Edition">The edition, 16 lower-case hex digits; null for the one that counts.</param>
public readonly record struct BoardCursor(int After, string? Edition = null)
{
    private const int EditionLength = 16;

    /// <summary>Reads what <see cref="ToString"/> writes; an empty text is the first page.</summary>
    public static bool TryParse(string? text, out BoardCursor cursor)
    {
        cursor = default;
        if (string.IsNullOrEmpty(text))
            return true;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var (position, edition) = dot < 0 ? (text, null) : (text[..dot], text[(dot + 1)..]);
        if (edition is not null && (edition.Length != EditionLength || !edition.All(char.IsAsciiHexDigitLower)))
            return false;
        if (!int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
            return false;
        cursor = new BoardCursor(after, edition);
        return after <= int.MaxValue - BoardQueries.MaxTop;
    }

    /// <inheritdoc/>
    public override string ToString() => After.ToString(CultureInfo.InvariantCulture) + (Edition is null ? "" : $".{Edition}");
}
