using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Influence.Pipeline.Storage;

/// <summary>Encodes any text as part of a table key.</summary>
/// <remarks>
/// Letters, digits and <c>- _ . : @ ~</c> stay; every other UTF-8 byte becomes <c>=XX</c>, since keys may hold none of <c>/ \ # ?</c> nor
/// control characters, and tools trip over more. A long one ends in <c>=</c> and a 128-bit hash: keys are limited to 512 characters.
/// </remarks>
internal static class TableKey
{
    private const int MaxLength = 320;
    private static readonly System.Buffers.SearchValues<char> Plain = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:@~"
    );

    public static string Encode(string text)
    {
        if (text.Length <= MaxLength && !text.AsSpan().ContainsAnyExcept(Plain))
            return text;
        var key = new StringBuilder(text.Length * 2);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (Plain.Contains((char)value))
                key.Append((char)value);
            else
                key.Append(CultureInfo.InvariantCulture, $"={value:X2}");
        }

        return key.Length <= MaxLength ? key.ToString() : Shorten(key, text);
    }

    /// <summary>The text of a key; of a shortened one as much as is left.</summary>
    public static string Decode(string key) => Uri.UnescapeDataString(key.Replace('=', '%'));

    // The double '=' cannot come from encoding, so a shortened key never equals a whole one.
    private static string Shorten(StringBuilder key, string text) =>
        $"{key.ToString(0, MaxLength - 34)}=={Convert.ToHexString(XxHash128.Hash(Encoding.UTF8.GetBytes(text)))}";
}
