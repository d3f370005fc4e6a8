using System.Security.Cryptography;
using System.Text;

namespace Influence.Connectors.Signing;

/// <summary>A secret that the sender shows as it is, in a header; compared in constant time.</summary>
/// <remarks>It proves who sends, not what: the body is not signed.</remarks>
public static class SharedSecret
{
    /// <summary>Whether the text is one of the secrets. All are tried, so that time tells nothing about which.</summary>
    /// <param name="presented">The header's value; null or empty never matches.</param>
    /// <param name="secrets">The secrets; an empty one never matches.</param>
    public static bool IsAnyOf(string? presented, IEnumerable<string> secrets)
    {
        var (hash, matches) = (Hash(presented ?? ""), false);
        foreach (var secret in secrets)
            if (secret.Length > 0)
                // Hashes, since a comparison of texts would tell how long the secret is.
                matches |= CryptographicOperations.FixedTimeEquals(Hash(secret), hash);
        return matches;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
