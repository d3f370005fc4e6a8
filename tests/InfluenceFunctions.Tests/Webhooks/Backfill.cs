using System.Security.Cryptography;
using System.Text;

namespace InfluenceFunctions.Tests.Webhooks;

/// <summary>The key of a program that reads the past of a tool, and may speak for that tool's webhook.</summary>
internal static class Backfill
{
    public const string Key = "key-of-the-backfill-in-the-tests";

    /// <summary>A GitHub of one's own.</summary>
    public const string Host = "git.backfill.example:8443";

    public static (string Name, string Value)[] Settings { get; } =
    [
        ("FunctionKeys__1", Key),
        ("Writers__backfill__KeyHash", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))),
        ("Writers__backfill__Sources__0", "github"),
        ("Writers__backfill__Sources__1", $"github/{Host}"),
    ];
}
