using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Influence.Pipeline.Publish;

/// <summary>A range's boards in bytes: JSON as Brotli, doubles to the last bit.</summary>
internal static class BoardCodec
{
    public static byte[] Pack(BoardSet boards)
    {
        List<PackedBoard> packed =
        [
            .. boards.Boards.Select(b => new PackedBoard(b.Key, b.Value.Histogram.Counted(), [.. b.Value.Best.Select(Pack)])),
        ];
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
            JsonSerializer.Serialize(brotli, packed, BoardJson.Default.ListPackedBoard);
        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are not what <see cref="Pack(BoardSet)"/> makes.</exception>
    public static IEnumerable<(string Name, ScoreHistogram Everyone, IEnumerable<BoardEntry> Best)> Read(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        var boards =
            JsonSerializer.Deserialize(brotli, BoardJson.Default.ListPackedBoard)
            ?? throw new InvalidDataException("A range's boards cannot be read.");
        return boards.Select(b => (b.Name, ScoreHistogram.Of(b.Everyone), b.Best.Select(Read)));
    }

    private static PackedEntry Pack(BoardEntry entry) => new(entry.Account.Value, entry.Score, entry.Influence, entry.Gain);

    private static BoardEntry Read(PackedEntry entry) => new(AccountId.Parse(entry.Id), entry.Score, entry.Influence, entry.Gain);
}

/// <summary>A board of one range.</summary>
/// <param name="Name">The board.</param>
/// <param name="Everyone">Bucket and count, alternating, of the buckets that hold anyone.</param>
/// <param name="Best">The best of the range.</param>
internal sealed record PackedBoard(string Name, int[] Everyone, List<PackedEntry> Best);

/// <summary>A <see cref="BoardEntry"/>.</summary>
internal sealed record PackedEntry(string Id, double Score, double Influence, double Gain);

[JsonSerializable(typeof(List<PackedBoard>))]
internal sealed partial class BoardJson : JsonSerializerContext;
