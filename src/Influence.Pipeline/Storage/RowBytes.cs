using Azure.Data.Tables;

namespace Influence.Pipeline.Storage;

/// <summary>Bytes in a row's properties <c>B0</c>, <c>B1</c> …</summary>
/// <remarks>A property holds 64 KiB, a row 1 MiB, which Azurite counts as base64.</remarks>
internal static class RowBytes
{
    private const int PropertyBytes = 60 * 1024;
    private const int Properties = 12;

    /// <summary>How many bytes a row takes at most.</summary>
    public const int Max = PropertyBytes * Properties;

    public static void Put(TableEntity row, ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; !bytes.IsEmpty; i++)
        {
            var length = Math.Min(PropertyBytes, bytes.Length);
            row[$"B{i}"] = bytes[..length].ToArray();
            bytes = bytes[length..];
        }
    }

    public static byte[] Of(TableEntity row) => [.. Blocks(row).SelectMany(b => b)];

    public static IEnumerable<byte[]> Blocks(TableEntity row)
    {
        for (var i = 0; i < Properties && row.GetBinary($"B{i}") is { } block; i++)
            yield return block;
    }
}
