using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Influence.Scoring.Facts;

/// <summary>What text that is stored may hold, and the one form of texts that are compared.</summary>
public static class PlainText
{
    // Scripts and emoji need these: zero-width (non-)joiner, variation selectors, and the tags that flags are made of.
    internal static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D or 0xFE0E or 0xFE0F or (>= 0xE0020 and <= 0xE007F);

    // Nothing to see, although their categories say otherwise: Unicode's Default_Ignorable_Code_Point, and Braille without a dot.
    private static bool IsBlank(Rune rune) =>
        rune.Value
            is 0x034F
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or (>= 0x180B and <= 0x180F)
                or 0x2800
                or 0x3164
                or (>= 0xFE00 and <= 0xFE0F)
                or 0xFFA0
                or (>= 0xE0100 and <= 0xE01EF);

    /// <summary>Whether a text is there, not empty, not too long, and well-formed.</summary>
    /// <param name="text">The text.</param>
    /// <param name="max">Its most characters.</param>
    public static bool IsWithin([NotNullWhen(true)] string? text, int max) =>
        text is { Length: > 0 } && text.Length <= max && IsWellFormed(text);

    /// <summary>The same, and people can tell it by what they see: for topics, communities and names.</summary>
    /// <inheritdoc cref="IsWithin" path="/param"/>
    public static bool IsReadable([NotNullWhen(true)] string? text, int max) => IsWithin(text, max) && IsVisible(text);

    /// <summary>The form in which a topic or a community is compared: NFC, trimmed, lower case.</summary>
    /// <remarks>Broken Unicode is left as it is, for the rules to refuse.</remarks>
    public static string Fold(string text)
    {
        // What is in this form already, as most text is, is not copied.
        if (!text.AsSpan().ContainsAnyExcept(FoldedAscii))
            return text;
        // In lower case a letter may come apart from its mark.
        return Compose(Compose(text).Trim().ToLowerInvariant());
    }

    /// <summary>Normalization form C; broken Unicode as it is.</summary>
    internal static string Compose(string text)
    {
        if (Ascii.IsValid(text))
            return text;
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    /// <summary>Whether a text has neither control characters nor half a surrogate pair.</summary>
    /// <remarks>Control characters break table keys; two halves of surrogate pairs would encode alike.</remarks>
    internal static bool IsWellFormed(ReadOnlySpan<char> text) => Has(text, rune => !Rune.IsControl(rune));

    /// <summary>Whether people can tell a name by what they see of it.</summary>
    /// <remarks>No character is invisible, turns the direction, or means nothing by itself, but for joiners.</remarks>
    public static bool IsVisible(ReadOnlySpan<char> text) => Has(text, rune => IsVisible(rune) || IsJoiner(rune));

    /// <summary>The same for an id: no joiners and no white space either.</summary>
    internal static bool IsId(ReadOnlySpan<char> text) =>
        !text.Contains(' ') && Has(text, rune => IsVisible(rune) && !Rune.IsWhiteSpace(rune));

    internal static bool IsVisible(Rune rune) =>
        !IsBlank(rune)
        && Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.Surrogate
                // These break the line in which a name is shown.
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );

    private static bool Has(ReadOnlySpan<char> text, Func<Rune, bool> only)
    {
        // Printable ASCII, which most text is, needs no decoding.
        if (!text.ContainsAnyExceptInRange(' ', '~'))
            return true;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var taken) != OperationStatus.Done || !only(rune))
                return false;
            text = text[taken..];
        }

        return true;
    }

    private static readonly SearchValues<char> FoldedAscii = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_./:#+");
}
