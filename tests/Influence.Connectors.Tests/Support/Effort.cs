using System.Diagnostics;
using System.Text.Json;

namespace Influence.Connectors.Tests.Support;

/// <summary>
/// What a translation costs as a multiple of parsing the same body. The speed and the load of the machine fall out, where a time would not
/// hold.
/// </summary>
internal static class Effort
{
    private const int Tries = 7;

    /// <summary>The multiple, from the best of several tries of either.</summary>
    public static double Of(Connector connector, Delivery delivery) =>
        Best(() => connector.Translate(delivery, Some.Now)) / Math.Max(Best(() => Parse(delivery.Body)), double.Epsilon);

    /// <summary>How many times as long one thing takes as another, each at its best of several tries.</summary>
    public static double Growth(Action small, Action large) => Best(large) / Math.Max(Best(small), 200);

    private static void Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            JsonDocument.Parse(body).Dispose();
        }
        catch (JsonException)
        {
            // It costs what it costs.
        }
    }

    private static double Best(Action action)
    {
        var best = double.MaxValue;
        for (var i = 0; i < Tries; i++)
        {
            var started = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }

        return best;
    }
}
