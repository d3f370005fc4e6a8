using System.Text.Json.Serialization;

namespace Influence.LocalRuntime.Timers;

/// <summary>What is stored after each run of a timer, UTC.</summary>
/// <param name="Last">The occurrence that ran last.</param>
/// <param name="Next">The one that comes next.</param>
/// <param name="LastUpdated">When this was written.</param>
internal sealed record TimerStatus(DateTime Last, DateTime Next, DateTime LastUpdated);

[JsonSerializable(typeof(TimerStatus))]
internal sealed partial class TimerJson : JsonSerializerContext;
