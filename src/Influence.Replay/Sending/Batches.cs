using System.Buffers;

namespace Influence.Replay.Sending;

/// <summary>Cuts a sequence of facts into requests.</summary>
internal static class Batches
{
    /// <summary>Most items the API takes at once.</summary>
    public const int MaxItems = 1000;

    /// <summary>Most bytes the API takes at once.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Every fact once, in order; no batch is empty or larger than the API takes.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="shift">Seconds to add to every moment.</param>
    /// <param name="options">Gives the sizes.</param>
    public static IEnumerable<Batch> Of(IEnumerable<FactLine> facts, long shift, ReplayOptions options)
    {
        var sizes = options.RandomBatches is { } seed ? new Random(seed) : null;
        var (number, count, size) = (0, 0, Next(sizes, options));
        var body = new ArrayBufferWriter<byte>();
        foreach (var fact in facts)
        {
            if (count == size || (count > 0 && body.WrittenCount + fact.MaxLength > MaxBytes))
            {
                yield return new Batch(number++, count, body.WrittenMemory);
                // A new buffer: the old one may still be in flight.
                (count, size, body) = (0, Next(sizes, options), new ArrayBufferWriter<byte>(body.WrittenCount));
            }

            fact.WriteTo(body, shift);
            count++;
        }

        if (count > 0)
            yield return new Batch(number, count, body.WrittenMemory);
    }

    private static int Next(Random? sizes, ReplayOptions options) => sizes?.Next(1, MaxItems + 1) ?? options.Batch;
}

/// <summary>What one request carries.</summary>
/// <param name="Number">Its place in the run, from 0: the same for the same log and options.</param>
/// <param name="Facts">How many items it holds.</param>
/// <param name="Body">The items, one a line.</param>
internal sealed record Batch(int Number, int Facts, ReadOnlyMemory<byte> Body);
