using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Influence.LocalHost.Settings;

/// <summary>The parts of host.json that mean something here, with the host's defaults.</summary>
internal sealed class HostJson
{
    /// <summary>How long a function may run; less than nothing for ever.</summary>
    public TimeSpan FunctionTimeout { get; set; } = TimeSpan.FromMinutes(30);

    public bool HasTimeout => FunctionTimeout > TimeSpan.Zero;

    /// <summary>The only functions that run; all when it is empty.</summary>
    public IReadOnlyList<string> Functions { get; set; } = [];

    public HostJsonLogging Logging { get; set; } = new();

    [ValidateObjectMembers]
    public HostJsonExtensions Extensions { get; set; } = new();
}

internal sealed class HostJsonExtensions
{
    public HostJsonHttp Http { get; set; } = new();

    [ValidateObjectMembers]
    public HostJsonQueues Queues { get; set; } = new();
}

internal sealed class HostJsonLogging
{
    public Dictionary<string, LogLevel> LogLevel { get; } =
        new(StringComparer.OrdinalIgnoreCase) { ["default"] = Microsoft.Extensions.Logging.LogLevel.Information };
}

internal sealed class HostJsonHttp
{
    public string RoutePrefix { get; set; } = "api";
}

internal sealed class HostJsonQueues
{
    [Range(1, 32)]
    public int BatchSize { get; set; } = 16;

    // The host's default: half a batch for each core.
    [Range(0, 1000)]
    public int? NewBatchThreshold { get; set; }

    [Range(1, 1000)]
    public int MaxDequeueCount { get; set; } = 5;

    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan VisibilityTimeout { get; set; } = TimeSpan.Zero;

    [Range(typeof(TimeSpan), "00:00:00.1000000", "1.00:00:00")]
    public TimeSpan MaxPollingInterval { get; set; } = TimeSpan.FromMinutes(1);

    [RegularExpression("(?i)^(base64|none)$")]
    public string MessageEncoding { get; set; } = "base64";

    public bool IsBase64 => MessageEncoding.Equals("base64", StringComparison.OrdinalIgnoreCase);

    public int Threshold => NewBatchThreshold ?? BatchSize / 2 * Environment.ProcessorCount;
}

[OptionsValidator]
internal sealed partial class HostJsonValidator : IValidateOptions<HostJson>;
