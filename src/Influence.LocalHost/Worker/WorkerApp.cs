using System.Text.Json;
using System.Text.Json.Serialization;

namespace Influence.LocalHost.Worker;

/// <summary>A built function app: its folder, and what runs its worker, as its <c>worker.config.json</c> says.</summary>
/// <param name="Folder">The folder of the build, with host.json.</param>
/// <param name="Executable">The program that is started.</param>
/// <param name="Program">The assembly that is its first argument.</param>
internal sealed record WorkerApp(string Folder, string Executable, string Program)
{
    private const string ConfigFile = "worker.config.json";

    /// <exception cref="InvalidDataException">There is no app in the folder, or its file is broken; the message names it.</exception>
    public static WorkerApp Read(string folder)
    {
        var full = Path.GetFullPath(folder);
        var path = Path.Combine(full, ConfigFile);
        if (!File.Exists(path))
            throw new InvalidDataException($"'{full}' has no {ConfigFile}: give the folder of a built function app, --app <folder>.");
        WorkerDescription? description;
        try
        {
            description = JsonSerializer.Deserialize(File.ReadAllBytes(path), WorkerConfigJson.Default.WorkerConfig)?.Description;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"Failed to load '{path}'.", e);
        }

        if (description is not { DefaultExecutablePath: { } executable, DefaultWorkerPath: { } program })
            throw new InvalidDataException($"'{path}' names no defaultExecutablePath and defaultWorkerPath.");
        // An app that brings its runtime names its own program.
        executable = executable.Replace("{WorkerRoot}", full + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return new WorkerApp(full, executable == "dotnet" ? DotnetProgram.Path : executable, Path.Combine(full, program));
    }
}

internal sealed record WorkerConfig(WorkerDescription? Description);

internal sealed record WorkerDescription(string? DefaultExecutablePath, string? DefaultWorkerPath);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, AllowTrailingCommas = true)]
[JsonSerializable(typeof(WorkerConfig))]
internal sealed partial class WorkerConfigJson : JsonSerializerContext;
