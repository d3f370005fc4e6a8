using System.Security.Cryptography;
using System.Text;

namespace Influence.Connectors.Payload;

/// <summary>Idempotency ids of facts: <c>kind:object</c>, the same whenever the same event comes again.</summary>
public static class FactIds
{
    /// <summary>The parts joined by colons, or a hash of them when too long; null when a part is missing.</summary>
    public static string? Of(params ReadOnlySpan<string?> parts)
    {
        foreach (var part in parts)
            if (string.IsNullOrEmpty(part))
                return null;
        var id = string.Join(':', parts);
        return PlainText.IsWithin(id, FactRules.MaxId) ? id : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
    }
}
