using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Influence.LocalRuntime.Timers;

/// <summary>Keeps timers' status in blobs, container <c>azure-webjobs-hosts</c>, as the host does.</summary>
internal sealed class TimerStatusStore(WebJobsStorage storage)
{
    public const string Container = "azure-webjobs-hosts";

    private readonly BlobContainerClient container = storage.Container(Container);

    public async Task<TimerStatus?> FindAsync(string function, CancellationToken cancellationToken)
    {
        try
        {
            BlobDownloadResult blob = await Blob(function).DownloadContentAsync(cancellationToken);
            return JsonSerializer.Deserialize(blob.Content.ToMemory().Span, TimerJson.Default.TimerStatus);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
        catch (JsonException)
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
