using System.IO.Compression;

namespace Influence.Pages.Tests;

/// <summary>What a page weighs on the wire.</summary>
internal static class Compressed
{
    /// <summary>Its size by Brotli.</summary>
    public static int SizeOf(ReadOnlySpan<byte> bytes)
    {
        using var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, CompressionLevel.Optimal, leaveOpen: true))
            brotli.Write(bytes);
        return (int)target.Length;
    }
}
