using System.Text.Json;
using System.Text.Json.Serialization;

namespace Influence.LocalHost.Timers;

/// <summary>What a timer function gets: the host's <c>TimerInfo</c> as JSON.</summary>
internal static class TimerInput
{
    /// <summary>The input of one run.</summary>
    /// <param name="status">What was stored before it; null for nothing.</param>
    /// <param name="isPastDue">Whether its occurrence was missed.</param>
    public static FunctionInput Of(TimerStatus? status, bool isPastDue)
    {
        var info = new TimerInfo(new TimerAdjustment(true), status, isPastDue);
        return new FunctionInput(
            new TypedData { Json = JsonSerializer.Serialize(info, TimerInputJson.Default.TimerInfo) },
            BindingData.None
        );
    }
}

internal sealed record TimerAdjustment([property: JsonPropertyName("AdjustForDST")] bool AdjustForDst);

internal sealed record TimerInfo(TimerAdjustment Schedule, TimerStatus? ScheduleStatus, bool IsPastDue);

[JsonSerializable(typeof(TimerInfo))]
internal sealed partial class TimerInputJson : JsonSerializerContext;
