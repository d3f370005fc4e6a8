using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Influence.Replay.Resume;

/// <summary>The folder <c>.replay</c> where runs keep what they must remember. A file in it is whole or not there at all.</summary>
internal sealed class Folder(string path)
{
    /// <summary>The folder's name in the working directory.</summary>
    public const string DefaultName = ".replay";

    /// <summary>The full path of a file in it.</summary>
    public string PathOf(string name) => Path.Combine(Directory.CreateDirectory(path).FullName, name);

    /// <summary>Reads a file; null when it is not there.</summary>
    /// <exception cref="ReplayFailedException">It is there, but is not ours.</exception>
    public T? Read<T>(string name, JsonTypeInfo<T> type)
        where T : class
    {
        var file = Path.Combine(path, name);
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), type) : null;
        }
        catch (JsonException e)
        {
            throw new ReplayFailedException($"'{file}' is not what a run wrote; delete it to start anew.", e);
        }
    }

    /// <summary>Writes beside, then renames: a kill in the middle leaves the file of before.</summary>
    public void Write<T>(string name, T value, JsonTypeInfo<T> type)
    {
        var file = PathOf(name);
        var beside = $"{file}.{Environment.ProcessId}.tmp";
        File.WriteAllBytes(beside, JsonSerializer.SerializeToUtf8Bytes(value, type));
        File.Move(beside, file, overwrite: true);
    }

    /// <summary>Removes a file, if it is there.</summary>
    public void Delete(string name)
    {
        if (Directory.Exists(path))
            File.Delete(Path.Combine(path, name));
    }
}
