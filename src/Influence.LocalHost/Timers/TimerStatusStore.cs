using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Influence.LocalHost.Timers;

/// <summary>What is stored after each run of a timer, UTC.</summary>
/// <param name="Last">The occurrence that ran last.</param>
/// <param name="Next">The one that comes next.</param>
/// <param name="LastUpdated">When this was written.</param>
internal sealed record TimerStatus(DateTime Last, DateTime Next, DateTime LastUpdated);

/// <summary>Keeps timers' status in blobs, container <c>azure-webjobs-hosts</c>, as the host does.</summary>
internal sealed class TimerStatusStore(BlobContainerClient container)
{
    public const string Container = "azure-webjobs-hosts";

    /// <summary>The status; null when none was stored.</summary>
    /// <exception cref="JsonException">What came is no status: another answer than storage's, or a broken blob.</exception>
    public async Task<TimerStatus?> FindAsync(string function, CancellationToken cancellationToken)
    {
        try
        {
            BlobDownloadResult blob = await Blob(function).DownloadContentAsync(cancellationToken);
            return JsonSerializer.Deserialize(blob.Content.ToMemory().Span, TimerJson.Default.TimerStatus);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound || e.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            return null;
        }
    }

    public async Task PutAsync(string function, TimerStatus status, CancellationToken cancellationToken)
    {
        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await Blob(function)
            .UploadAsync(
                BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(status, TimerJson.Default.TimerStatus)),
                overwrite: true,
                cancellationToken
            );
    }

    private BlobClient Blob(string function) => container.GetBlobClient($"timers/influence-local/Host.Functions.{function}/status");
}

[JsonSerializable(typeof(TimerStatus))]
[JsonSourceGenerationOptions(RespectRequiredConstructorParameters = true)]
internal sealed partial class TimerJson : JsonSerializerContext;
