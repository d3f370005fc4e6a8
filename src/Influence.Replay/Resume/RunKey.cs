using System.Security.Cryptography;
using System.Text;

namespace Influence.Replay.Resume;

/// <summary>
/// Names runs by whatever decides which bytes go where in which order. How fast they go and what is shown is not in the name.
/// </summary>
internal static class RunKey
{
    /// <summary>The state file's name.</summary>
    public static string FileName(IFactSource source, ReplayOptions options)
    {
        string?[] parts =
        [
            "3",
            LogKey(source, options),
            options.Url.AbsoluteUri,
            $"{options.Shift}",
            $"{options.Import}",
            $"{options.SkipBad}",
            $"{options.Twice}",
            $"{options.Shuffle}",
            $"{options.Batch}",
            $"{options.RandomBatches}",
        ];
        return $"{Hash(string.Join('\n', parts))}.json";
    }

    /// <summary>Names the facts alone, whatever the batches.</summary>
    public static string LogKey(IFactSource source, ReplayOptions options) => Hash($"{source.Key}\n{options.Limit}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
