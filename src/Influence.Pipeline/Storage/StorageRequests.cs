using System.Diagnostics.Metrics;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Influence.Pipeline.Storage;

/// <summary>Counts every request to storage, retries included, by the step that made it.</summary>
/// <remarks>
/// What a deployment pays for. Meter <c>Influence.Storage</c>, counter <c>influence.storage.requests</c>, tag <c>step</c>.
/// </remarks>
public sealed class StorageRequests : HttpPipelineSynchronousPolicy, IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = MetricCatalogue.Storage;

    /// <summary>The step of what is asked outside of any.</summary>
    internal const string NoStep = "setup";

    private static readonly AsyncLocal<string?> Step = new();
    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> requests;

    /// <summary>Makes the counter.</summary>
    public StorageRequests() => requests = MetricCatalogue.StorageRequests.CounterOf(meter);

    /// <summary>Names the step that the current flow of control is in, until that flow ends.</summary>
    public static void Enter(string step) => Step.Value = step;

    /// <summary>The step that the current flow of control is in.</summary>
    internal static string Current => Step.Value ?? NoStep;

    /// <inheritdoc/>
    public override void OnSendingRequest(HttpMessage message) => requests.Add(1, new KeyValuePair<string, object?>("step", Current));

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();
}
