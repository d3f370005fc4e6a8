using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Influence.Connectors.Signing;

/// <summary>HMAC-SHA256 over raw bytes, compared in constant time with every live secret.</summary>
public static class HmacSignature
{
    private const int Size = HMACSHA256.HashSizeInBytes;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>The HMAC of a prefix followed by the body.</summary>
    public static byte[] Of(ReadOnlySpan<byte> key, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body)
    {
        var hash = new byte[Size];
        Compute(key, prefix, body, hash);
        return hash;
    }

    /// <inheritdoc cref="Of(ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    public static byte[] Of(string secret, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body) =>
        Of(Encoding.UTF8.GetBytes(secret), prefix, body);

    /// <summary>Whether the signature is that of any secret. All are tried, so that time tells nothing about which.</summary>
    /// <param name="presented">The signature as decoded; null (not there or not decodable) never matches.</param>
    /// <param name="settings">The secrets, as UTF-8.</param>
    /// <param name="prefix">What is signed before the body.</param>
    /// <param name="body">The raw body.</param>
    public static bool IsOfAny(ReadOnlySpan<byte> presented, SourceSettings settings, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body)
    {
        var matches = false;
        foreach (var secret in settings.Secrets)
            if (secret.Length > 0)
                matches |= IsOf(presented, Encoding.UTF8.GetBytes(secret), prefix, body);
        return matches;
    }

    /// <summary>Whether the signature is that of one key.</summary>
    public static bool IsOf(ReadOnlySpan<byte> presented, ReadOnlySpan<byte> key, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body)
    {
        Span<byte> expected = stackalloc byte[Size];
        Compute(key, prefix, body, expected);
        return CryptographicOperations.FixedTimeEquals(expected, presented);
    }

    /// <summary>The 32 bytes written in lower-case hex after a prefix; empty when the text is anything else.</summary>
    /// <remarks>Each signature has one spelling.</remarks>
    public static byte[] FromHex(string? text, string prefix = "")
    {
        if (text is null || !text.StartsWith(prefix, StringComparison.Ordinal) || text.Length - prefix.Length != Size * 2)
            return [];
        var hex = text.AsSpan(prefix.Length);
        var bytes = new byte[Size];
        return !hex.ContainsAnyExcept(Hex) && Convert.FromHexString(hex, bytes, out _, out _) == OperationStatus.Done ? bytes : [];
    }

    /// <summary>The 32 bytes written in base64 after a prefix; empty when the text is anything else.</summary>
    public static byte[] FromBase64(string? text, string prefix = "")
    {
        if (
            text is null
            || !text.StartsWith(prefix, StringComparison.Ordinal)
            || !Base64.IsValid(text.AsSpan(prefix.Length), out var length)
            || length != Size
        )
            return [];
        var bytes = new byte[Size];
        // Only the canonical spelling: no white space, no stray bits.
        return
            Convert.TryFromBase64Chars(text.AsSpan(prefix.Length), bytes, out _)
            && text.AsSpan(prefix.Length).SequenceEqual(Convert.ToBase64String(bytes))
            ? bytes
            : [];
    }

    /// <summary>Whether a signed moment is at most five minutes off.</summary>
    public static bool IsFresh(string? timestamp, long now) =>
        long.TryParse(timestamp, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var signed)
        && Math.Abs((decimal)now - signed) <= 300;

    private static void Compute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body, Span<byte> hash)
    {
        if (prefix.IsEmpty)
        {
            HMACSHA256.HashData(key, body, hash);
            return;
        }

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(prefix);
        hmac.AppendData(body);
        hmac.GetHashAndReset(hash);
    }
}
