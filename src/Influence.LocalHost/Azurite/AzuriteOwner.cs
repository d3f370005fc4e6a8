using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Influence.LocalHost.Azurite;

/// <summary>The right to run Azurite over a folder: a file lock, which the system releases when its holder ends.</summary>
/// <remarks>A second file names the Azurite that runs there, so that the next holder can wait until it has saved and ended.</remarks>
internal sealed class AzuriteOwner : IDisposable
{
    private readonly FileStream held;
    private readonly string idFile;

    private AzuriteOwner(FileStream held, string idFile) => (this.held, this.idFile) = (held, idFile);

    /// <summary>Takes the lock; null when another process holds it.</summary>
    public static AzuriteOwner? Take(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            var path = Path.Combine(folder, "azurite.lock");
            return new AzuriteOwner(
                new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None),
                Path.Combine(folder, "azurite.pid")
            );
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Keeps what names an Azurite: its process id, and its start, since ids are used again.</summary>
    public void Remember(AzuriteProcess azurite) =>
        File.WriteAllText(idFile, string.Create(CultureInfo.InvariantCulture, $"{azurite.Id} {azurite.Started.Ticks}"));

    /// <summary>The Azurite of an earlier holder that still runs; null when there is none.</summary>
    public Process? FindEarlier()
    {
        if (!File.Exists(idFile))
            return null;
        var parts = File.ReadAllText(idFile).Split(' ');
        if (
            parts.Length != 2
            || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var id)
            || !long.TryParse(parts[1], CultureInfo.InvariantCulture, out var ticks)
            || ticks is < 0 or > 3_155_378_975_999_999_999
        )
            return null;
        try
        {
            var process = Process.GetProcessById(id);
            if (
                !process.HasExited
                && (process.StartTime.ToUniversalTime() - new DateTime(ticks, DateTimeKind.Utc)).Duration() < TimeSpan.FromSeconds(2)
            )
                return process;
            process.Dispose();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // No such process.
        }

        return null;
    }

    public void Dispose() => held.Dispose();
}
