using System.Buffers;
using System.IO.Hashing;
using System.Text;

namespace Influence.Scoring.Pages;

/// <summary>Turns accounts and facts into 64-bit keys with XXH3, seeded per deployment.</summary>
/// <remarks>Pages hold keys instead of names: compact, evenly spread, and nothing personal about third parties lies in them.</remarks>
/// <param name="seed">The deployment's seed. Another seed gives other keys: state made under one cannot be read under another.</param>
public sealed class KeyHasher(long seed)
{
    /// <summary>The deployment's seed.</summary>
    public long Seed { get; } = seed;

    /// <summary>The key of an account, evenly spread over 64 bits.</summary>
    public ulong KeyOf(AccountId account) => Hash([account.Value]);

    /// <summary>A key of 128 bits for the account's rows.</summary>
    /// <remarks><see cref="KeyOf(AccountId)"/> and as many bits more, so that no two accounts share one.</remarks>
    public UInt128 RowKeyOf(AccountId account) => new(KeyOf(account), Hash([account.Value], 1));

    /// <summary>The key that makes an interaction idempotent.</summary>
    /// <remarks>Of (actor, target's network, id), or without an id of (type, actor, target, object, moment).</remarks>
    public ulong KeyOf(Interaction interaction)
    {
        var target = interaction.Target ?? default;
        return interaction.Id is { } id
            ? Hash(["id", interaction.Actor.Value, target.Network, id])
            : Hash(
                ["fact", interaction.Actor.Value, target.Value, interaction.Object ?? ""],
                ((long)interaction.Type << 48) ^ interaction.At
            );
    }

    /// <summary>The key that makes an increment idempotent: of (account, counter, id).</summary>
    public ulong KeyOf(MetricReport report) => Hash(["add", report.Account.Value, report.Id ?? ""], (long)(report.Counts ?? 0));

    /// <summary>The shard of an account, 0–255: the first byte of its key.</summary>
    public byte ShardOf(AccountId account) => (byte)(KeyOf(account) >> 56);

    // Every part is closed by a byte that UTF-8 never holds, so that ("ab", "c") and ("a", "bc") differ.
    private ulong Hash(ReadOnlySpan<string> parts, long number = 0)
    {
        var size = sizeof(long);
        foreach (var part in parts)
            size += Encoding.UTF8.GetMaxByteCount(part.Length) + 1;
        byte[]? rented = null;
        var buffer = size <= 1024 ? stackalloc byte[1024] : rented = ArrayPool<byte>.Shared.Rent(size);
        var length = 0;
        foreach (var part in parts)
        {
            length += Encoding.UTF8.GetBytes(part, buffer[length..]);
            buffer[length++] = 0xFF;
        }

        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(buffer[length..], number);
        var hash = XxHash3.HashToUInt64(buffer[..(length + sizeof(long))], Seed);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }
}
