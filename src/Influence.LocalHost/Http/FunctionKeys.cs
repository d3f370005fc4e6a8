using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Influence.LocalHost.Http;

/// <summary>The keys of settings <c>FunctionKeys:0</c> … and <c>MasterKey</c>, compared in constant time.</summary>
/// <remarks>With none set every caller may do everything, as with the host's own tools on a developer's machine.</remarks>
internal sealed class FunctionKeys
{
    private readonly byte[][] functionKeys;
    private readonly byte[]? masterKey;

    public FunctionKeys(IConfiguration configuration)
    {
        functionKeys = [.. (configuration.GetSection("FunctionKeys").Get<string[]>() ?? []).Where(k => k.Length > 0).Select(Hash)];
        masterKey = configuration["MasterKey"] is { Length: > 0 } key ? Hash(key) : null;
    }

    public bool AreSet => masterKey is not null || functionKeys.Length > 0;

    public bool Allows(HttpRequest request, KeyLevel level) =>
        level == KeyLevel.Anonymous || !AreSet || Shown(request) is var shown && (shown == KeyLevel.Admin || shown == level);

    /// <summary>The level of the key that a caller shows; anonymous for none, or a wrong one.</summary>
    public KeyLevel Shown(HttpRequest request)
    {
        var shown = request.Headers["x-functions-key"].FirstOrDefault() ?? request.Query["code"].FirstOrDefault();
        if (string.IsNullOrEmpty(shown))
            return KeyLevel.Anonymous;
        var hash = Hash(shown);
        var isMaster = masterKey is not null && CryptographicOperations.FixedTimeEquals(hash, masterKey);
        var isFunction = functionKeys.Aggregate(false, (found, key) => CryptographicOperations.FixedTimeEquals(hash, key) | found);
        return isMaster ? KeyLevel.Admin
            : isFunction ? KeyLevel.Function
            : KeyLevel.Anonymous;
    }

    // Of one length, whatever was shown.
    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
