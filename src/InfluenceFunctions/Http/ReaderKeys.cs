using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace InfluenceFunctions.Http;

/// <summary>Who may read: everybody, or with the setting <c>Readers=key</c> those who show a key.</summary>
/// <remarks>
/// The host does not tell the app its keys. So these are known by their SHA-256: those of the settings <c>ReaderKeyHashes__0</c> and on,
/// and those of <c>Writers</c>.
/// </remarks>
public sealed class ReaderKeys
{
    private const string Setting = "Readers";
    private const string Hashes = "ReaderKeyHashes";
    private readonly HashSet<string> hashes;
    private readonly Writers writers;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="OptionsValidationException">They are wrong; the message names the setting, and no value.</exception>
    public ReaderKeys(IConfiguration configuration)
    {
        writers = new Writers(configuration);
        hashes = new(configuration.GetSection(Hashes).GetChildren().Select(h => h.Value ?? ""), StringComparer.OrdinalIgnoreCase);
        if (hashes.Any(h => h.Length != 2 * SHA256.HashSizeInBytes || !h.All(char.IsAsciiHexDigit)))
            throw Invalid($"The setting '{Hashes}' holds something that is not the SHA-256 of a key in 64 hex digits.");
        AreOpen = configuration[Setting] switch
        {
            null or "" => true,
            "key" => false,
            _ => throw Invalid($"The setting '{Setting}' must be 'key', or absent: then reads need no key."),
        };
        if (!AreOpen && hashes.Count == 0 && writers.IsEmpty)
            throw Invalid(
                $"The setting '{Setting}' closes reads, but no setting names a key: give '{Hashes}__0', the SHA-256 of one in hex."
            );
    }

    /// <summary>Whether everybody may read.</summary>
    public bool AreOpen { get; }

    /// <summary>Whether a key is one that may read.</summary>
    /// <param name="key">The key shown; null for none.</param>
    public bool Allow(string? key) =>
        AreOpen
        || (
            !string.IsNullOrEmpty(key)
            && (
                writers.Of(key) != Writer.Unnamed || hashes.Contains(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))))
            )
        );

    private static OptionsValidationException Invalid(string sentence) => new(Setting, typeof(ReaderKeys), [sentence]);
}
