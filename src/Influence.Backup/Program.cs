using Azure;
using Azure.Identity;
using Influence.Backup;
using Microsoft.Extensions.Configuration;

var clock = TimeProvider.System;
var command = new BackupCommand(ExportAsync, ImportAsync, VerifyAsync);
var line = command.Parse(args);
if (line.Errors.Count == 0)
    // Ctrl+C: requests in flight are finished, and what is half written is not given its name.
    return await line.InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(45) });
foreach (var error in line.Errors)
    Console.Error.WriteLine(error.Message);
return ExitCodes.BadArguments;

Task<int> ExportAsync(string folder, ExportOptions options, CancellationToken cancellationToken) =>
    RunAsync(
        async progress =>
        {
            var manifest = await new Exporter(Storage(), new BackupFolder(folder), options, progress, clock).RunAsync(cancellationToken);
            var files = manifest.Tables.SelectMany(t => t.Files).ToList();
            progress.Say($"Exported {manifest.Rows:N0} rows in {progress.Elapsed.TotalSeconds:0.0} s.");
            progress.Say($"{files.Count:N0} files have {files.Sum(f => f.Bytes):N0} bytes.");
        },
        cancellationToken
    );

Task<int> ImportAsync(string folder, ImportOptions options, CancellationToken cancellationToken) =>
    RunAsync(
        async progress =>
        {
            var manifest = await new Importer(Storage(), new BackupFolder(folder), options, progress, clock).RunAsync(cancellationToken);
            progress.Say($"Restored {manifest.Rows:N0} rows in {progress.Elapsed.TotalSeconds:0.0} s.");
            progress.Say($"The backup is of {manifest.StartedAt:yyyy-MM-dd HH:mm} UTC: erase again who was erased since.");
        },
        cancellationToken
    );

Task<int> VerifyAsync(string path, int parallel, CancellationToken cancellationToken) =>
    RunAsync(
        async progress =>
        {
            var folder = new BackupFolder(path);
            var (manifest, _) = await folder.ManifestAsync(cancellationToken);
            await FolderCheck.RowsAsync(folder, manifest, parallel, progress, cancellationToken);
            progress.Say($"Whole: {progress.Rows:N0} rows, of {manifest.StartedAt:yyyy-MM-dd HH:mm} UTC.");
        },
        cancellationToken
    );

static BackupStorage Storage() => new(new ConfigurationBuilder().AddEnvironmentVariables().Build());

async Task<int> RunAsync(Func<Progress, Task> work, CancellationToken cancellationToken)
{
    try
    {
        await work(new Progress(Console.Out, clock));
        return ExitCodes.Ok;
    }
    catch (BackupFailedException e)
    {
        await Console.Error.WriteLineAsync($"Failed: {e.Message}");
    }
    catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
    {
        await Console.Error.WriteLineAsync("Stopped. The same command again goes on from here.");
    }
    catch (RequestFailedException e)
    {
        // Not its message: it may hold what was sent.
        await Console.Error.WriteLineAsync($"Failed: storage answered {e.Status} {e.ErrorCode}. The same command again goes on from here.");
    }
    catch (AggregateException)
    {
        await Console.Error.WriteLineAsync("Failed: storage cannot be reached. The same command again goes on from here.");
    }
    catch (AuthenticationFailedException)
    {
        await Console.Error.WriteLineAsync("Failed: the identity was refused, or none was found; log in with az login.");
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        await Console.Error.WriteLineAsync($"Failed: {e.Message}");
    }

    return ExitCodes.Failed;
}
