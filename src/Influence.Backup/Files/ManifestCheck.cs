using System.Text.Json;
using System.Text.RegularExpressions;

namespace Influence.Backup.Files;

/// <summary>Reads a manifest and refuses what this version cannot restore.</summary>
internal static partial class ManifestCheck
{
    /// <exception cref="BackupFailedException">The manifest is not readable, or of another version.</exception>
    public static Manifest Read(byte[] bytes)
    {
        Manifest manifest;
        try
        {
            // Before the rest: of another version the rest may be anything.
            using (var json = JsonDocument.Parse(bytes))
                CheckVersion(json.RootElement);
            manifest = JsonSerializer.Deserialize(bytes, BackupJson.Default.Manifest) ?? throw new JsonException();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BackupFailedException($"{BackupFolder.ManifestName} is damaged: it is not what an export writes.", e);
        }

        if (manifest.Layout != DeploymentTables.Layout)
            throw new BackupFailedException(
                $"The backup is of tables with layout {manifest.Layout}, and this version knows layout {DeploymentTables.Layout}: "
                    + $"take the version that made it, {manifest.Tool}, or one that reads its layout."
            );
        var tables = manifest.Tables.Select(t => t.Name).Order(StringComparer.Ordinal);
        if (!tables.SequenceEqual(DeploymentTables.All.Order(StringComparer.Ordinal), StringComparer.Ordinal))
            throw new BackupFailedException($"{BackupFolder.ManifestName} names other tables than this version knows.");
        if (manifest.Tables.SelectMany(t => t.Files).FirstOrDefault(f => !FileName().IsMatch(f.Name)) is not null)
            throw new BackupFailedException($"{BackupFolder.ManifestName} names a file that no export writes.");
        return manifest;
    }

    private static void CheckVersion(JsonElement root)
    {
        if (!root.TryGetProperty("format", out var format) || !format.TryGetInt32(out var number))
            throw new JsonException();
        if (number == Manifest.KnownFormat)
            return;
        var tool = root.TryGetProperty("tool", out var version) ? version.ToString() : "unknown";
        throw new BackupFailedException(
            $"The backup has format {number}, made by version {tool}; "
                + $"this version, {Manifest.ThisTool}, knows format {Manifest.KnownFormat}."
        );
    }

    // A path would lead out of the folder.
    [GeneratedRegex(@"^[A-Za-z]+-[0-9]+-[0-9]+\.ndjson\.gz$", RegexOptions.NonBacktracking)]
    private static partial Regex FileName();
}
