using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Influence.LocalHost.Settings;

/// <summary>Reads the <c>Values</c> of local.settings.json; the environment and the command line come before it.</summary>
internal static class LocalSettings
{
    /// <summary>Puts them below all that is configured already.</summary>
    public static void AddTo(ConfigurationManager configuration, IReadOnlyDictionary<string, string> values) =>
        configuration.Sources.Insert(
            0,
            new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
            {
                // The environment's way to write sections, so that a value can move between the two as it is.
                InitialData = values.Select(v => KeyValuePair.Create(v.Key.Replace("__", ":", StringComparison.Ordinal), (string?)v.Value)),
            }
        );

    /// <summary>The values of the file; none when it is not there.</summary>
    /// <exception cref="InvalidDataException">The file is not JSON; the message names it.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(path))
            return found;
        using var document = Parse(path);
        if (document.RootElement.TryGetProperty("Values", out var values))
            foreach (var value in values.EnumerateObject())
                found[value.Name] = value.Value.ToString();
        return found;
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            return JsonDocument.Parse(
                File.ReadAllBytes(path),
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
            );
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"Failed to load configuration from file '{path}'.", e);
        }
    }
}
