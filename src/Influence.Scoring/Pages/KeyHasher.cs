using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using System.Text;

namespace Influence.Scoring.Pages;

/// <summary>Turns accounts and facts into 64-bit keys with XXH3, seeded per deployment.</summary>
/// <remarks>Pages hold keys instead of names: compact, evenly spread, and nothing personal about third parties lies in them.</remarks>
/// <param name="seed">The deployment's seed. Another seed gives other keys: state made under one cannot be read under another.</param>
public sealed class KeyHasher(long seed)
{
    private const long ImportMark = 0x696d706f7274;
    private const long OldMark = 0x6f6c64;

    private volatile KnownSource? lastSource;

    /// <summary>The deployment's seed.</summary>
    public long Seed { get; } = seed;

    /// <summary>The key of an account, evenly spread over 64 bits.</summary>
    public ulong KeyOf(AccountId account) => Hash([account.Value.AsMemory()]);

    /// <summary>A key of 128 bits for the account's rows.</summary>
    /// <remarks><see cref="KeyOf(AccountId)"/> and as many bits more, so that no two accounts share one.</remarks>
    public UInt128 RowKeyOf(AccountId account) => new(KeyOf(account), Hash([account.Value.AsMemory()], 1));

    /// <summary>A key of 128 bits for a row about something that is no account and no fact.</summary>
    /// <param name="kind">What it is: another kind has other keys.</param>
    /// <param name="text">Its name.</param>
    public UInt128 RowKeyOf(string kind, string text) =>
        new(Hash([kind.AsMemory(), text.AsMemory()]), Hash([kind.AsMemory(), text.AsMemory()], 1));

    /// <summary>The key that makes an interaction idempotent.</summary>
    /// <remarks>Of its source and (actor, target's network, id), or without an id of (type, actor, target, object, moment).</remarks>
    public ulong KeyOf(Interaction interaction)
    {
        var (target, source) = (interaction.Target ?? default, SourceKeyOf(interaction.Source));
        return interaction.Id is { } id
            ? Hash(["id".AsMemory(), interaction.Actor.Value.AsMemory(), target.NetworkText, id.AsMemory()], source)
            : Hash(
                ["fact".AsMemory(), interaction.Actor.Value.AsMemory(), target.Value.AsMemory(), interaction.Object.AsMemory()],
                ((long)interaction.Type << 48) ^ interaction.At ^ source
            );
    }

    /// <summary>The key that makes an increment idempotent: of its source and (account, counter, id).</summary>
    public ulong KeyOf(MetricReport report) =>
        Hash(
            ["add".AsMemory(), report.Account.Value.AsMemory(), report.Id.AsMemory()],
            (long)(report.Counts ?? 0) ^ SourceKeyOf(report.Source)
        );

    /// <summary>What an undo without an id knows an interaction by, beside actor and target.</summary>
    /// <remarks>Of its source and (type, object).</remarks>
    public uint ContentOf(Interaction interaction)
    {
        var source = SourceKeyOf(interaction.Source) ^ ((long)interaction.Type << 48);
        return interaction.Object is { } about ? (uint)Hash([about.AsMemory()], source) : (uint)Mix(0, source);
    }

    /// <summary>The key under which it is remembered that an actor's interactions of some content were taken back.</summary>
    public ulong KeyOf(ulong actor, uint content) => Mix(actor, content);

    /// <summary>The shard of an account, 0–255: the first byte of its key.</summary>
    public byte ShardOf(AccountId account) => (byte)(KeyOf(account) >> 56);

    /// <summary>The key under which a line of an import is remembered, given its interaction's key and day.</summary>
    public ulong ImportKeyOf(ulong interaction, int day) => Mix(interaction, ImportMark + day);

    /// <summary>The same of a line that was too old for the ledger: no ledger will know it.</summary>
    public ulong OldKeyOf(ulong interaction, int day) => Mix(interaction, OldMark + day);

    // Most facts in a row are of one source.
    private long SourceKeyOf(string? source)
    {
        if (string.IsNullOrEmpty(source))
            return 0;
        if (lastSource is not { } last || last.Name != source)
            lastSource = last = new KnownSource(source, (long)Hash(["source".AsMemory(), source.AsMemory()]));
        return last.Key;
    }

    // The finalizer of SplitMix64 (Steele, Lea, Flood 2014; variant 13 of Stafford): of numbers that are keys already it makes another.
    private ulong Mix(ulong first, long second)
    {
        var mixed = first ^ BitOperations.RotateLeft((ulong)second * 0x9E3779B97F4A7C15, 32) ^ (ulong)Seed;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    private ulong Hash(ReadOnlySpan<ReadOnlyMemory<char>> parts, long number = 0)
    {
        var size = MaxSizeOf(parts);
        if (size <= 512)
            return Hash(parts, number, stackalloc byte[size]);
        var rented = ArrayPool<byte>.Shared.Rent(size);
        var hash = Hash(parts, number, rented);
        ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    // Every part is closed by a byte that UTF-8 never holds, so that ("ab", "c") and ("a", "bc") differ.
    private ulong Hash(ReadOnlySpan<ReadOnlyMemory<char>> parts, long number, Span<byte> buffer)
    {
        var length = 0;
        foreach (var part in parts)
        {
            length += Encoding.UTF8.GetBytes(part.Span, buffer[length..]);
            buffer[length++] = 0xFF;
        }

        BinaryPrimitives.WriteInt64LittleEndian(buffer[length..], number);
        return XxHash3.HashToUInt64(buffer[..(length + sizeof(long))], Seed);
    }

    private sealed record KnownSource(string Name, long Key);

    private static int MaxSizeOf(ReadOnlySpan<ReadOnlyMemory<char>> parts)
    {
        var size = sizeof(long);
        foreach (var part in parts)
            size += Encoding.UTF8.GetMaxByteCount(part.Length) + 1;
        return size;
    }
}
