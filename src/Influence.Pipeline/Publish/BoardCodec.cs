using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Influence.Pipeline.Publish;

/// <summary>The boards of one range, as read back.</summary>
/// <param name="RankedAt">When the range's accounts began to be ranked, by the storage service's clock.</param>
/// <param name="Boards">Each board's name, the histogram of everyone on it, and the best.</param>
/// <param name="Linked">What accounts of profiles bring, by profile.</param>
internal sealed record PackedBoards(
    DateTimeOffset RankedAt,
    IEnumerable<(string Name, ScoreHistogram Everyone, IEnumerable<BoardEntry> Best)> Boards,
    IEnumerable<(AccountId Profile, LinkedPart Part)> Linked
);

/// <summary>The boards of a range in bytes: JSON compressed by Brotli, doubles to the last bit.</summary>
internal static class BoardCodec
{
    public static byte[] Pack(BoardBuilder boards, DateTimeOffset rankedAt)
    {
        var packed = new Packed(
            rankedAt,
            [.. boards.Boards.Select(b => new PackedBoard(b.Key, b.Value.Histogram.Counted(), [.. b.Value.Best.Select(Pack)]))],
            [.. boards.Linked.Profiles.SelectMany(p => p.Value.Select(l => Pack(p.Key, l)))]
        );
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
            JsonSerializer.Serialize(brotli, packed, BoardJson.Default.Packed);
        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are not what <see cref="Pack(BoardBuilder, DateTimeOffset)"/> makes.</exception>
    public static PackedBoards Read(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        var read =
            JsonSerializer.Deserialize(brotli, BoardJson.Default.Packed)
            ?? throw new InvalidDataException("The boards of a range cannot be read.");
        return new PackedBoards(
            read.RankedAt,
            read.Boards.Select(b => (b.Name, ScoreHistogram.Of(b.Everyone), b.Best.Select(Read))),
            read.Linked.Select(l => (AccountId.Parse(l.Profile), Read(l)))
        );
    }

    private static PackedEntry Pack(BoardEntry entry) =>
        new(entry.Account.Value, entry.Score, entry.Influence, entry.Gain, entry.Name, entry.NamedBy, entry.Trend);

    private static BoardEntry Read(PackedEntry entry) =>
        new(AccountId.Parse(entry.Id), entry.Score, entry.Influence, entry.Gain, entry.Name, entry.NamedBy, entry.Trend);

    private static AccountId? IdOf(string? text) => text is null ? null : AccountId.Parse(text);

    private static PackedLink Pack(AccountId profile, LinkedPart linked)
    {
        var part = linked.Part;
        return new(
            profile.Value,
            linked.Network,
            linked.IsMember,
            part.Influence,
            part.Before,
            part.InWeek,
            part.InMonth,
            part.IsNew,
            part.Trend.Influence,
            part.Named.ToDictionary(n => n.Board, n => n.Influence, StringComparer.Ordinal),
            part.Name,
            part.NameAt,
            part.NamedBy?.Value
        );
    }

    private static LinkedPart Read(PackedLink link) =>
        new(
            link.Network,
            new BoardPart(
                link.Influence,
                link.Before,
                link.InWeek,
                link.InMonth,
                link.IsNew,
                ScoreTrend.Of(link.Trend),
                [.. link.Named.Select(n => (n.Key, n.Value))],
                link.Name,
                link.NameAt,
                IdOf(link.NamedBy)
            ),
            link.IsMember
        );

    internal sealed record Packed(DateTimeOffset RankedAt, List<PackedBoard> Boards, List<PackedLink> Linked);

    internal sealed record PackedLink(
        string Profile,
        string Network,
        bool IsMember,
        double Influence,
        double Before,
        double InWeek,
        double InMonth,
        bool IsNew,
        double[] Trend,
        Dictionary<string, double> Named,
        string? Name,
        long NameAt,
        string? NamedBy
    );

    internal sealed record PackedBoard(string Name, int[] Everyone, List<PackedEntry> Best);

    internal sealed record PackedEntry(
        string Id,
        double Score,
        double Influence,
        double Gain,
        string? Name,
        string? NamedBy,
        string? Trend
    );
}

[JsonSerializable(typeof(BoardCodec.Packed))]
internal sealed partial class BoardJson : JsonSerializerContext;
