namespace Influence.Backup.Files;

/// <summary>Compares the files of a backup with its manifest.</summary>
internal static class FolderCheck
{
    /// <summary>Reads every file and compares its size and hash.</summary>
    /// <exception cref="BackupFailedException">One is missing or differs; the message names it.</exception>
    public static Task HashesAsync(BackupFolder folder, Manifest manifest, int parallel, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            manifest.Tables.SelectMany(t => t.Files),
            new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken },
            async (file, cancelled) =>
            {
                var now = await folder.LookAsync(file, cancelled);
                if (now is null)
                    throw new BackupFailedException($"{file.Name} is missing from the folder.");
                if (now.Bytes != file.Bytes)
                    throw new BackupFailedException($"{file.Name} is damaged: it has {now.Bytes:N0} bytes, not {file.Bytes:N0}.");
                if (!now.Sha256.Equals(file.Sha256, StringComparison.OrdinalIgnoreCase))
                    throw new BackupFailedException($"{file.Name} is damaged: its bytes are not those that the export wrote.");
            }
        );

    /// <summary>Reads every row too.</summary>
    /// <inheritdoc cref="HashesAsync" path="/exception"/>
    public static async Task RowsAsync(
        BackupFolder folder,
        Manifest manifest,
        int parallel,
        Progress progress,
        CancellationToken cancellationToken
    )
    {
        await HashesAsync(folder, manifest, parallel, cancellationToken);
        await Parallel.ForEachAsync(
            manifest.Tables.SelectMany(t => t.Files),
            new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken },
            async (file, cancelled) =>
            {
                await foreach (var _ in PartReader.ReadAsync(folder, file, cancelled))
                    progress.Add(1);
            }
        );
    }
}
