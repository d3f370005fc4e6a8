using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Influence.LocalRuntime.Settings;

/// <summary>Reads the <c>Values</c> of local.settings.json; the environment and the command line come before it.</summary>
internal static class LocalSettings
{
    /// <exception cref="InvalidDataException">The file is not JSON; the message names it.</exception>
    public static void AddTo(ConfigurationManager configuration, string path)
    {
        if (!File.Exists(path))
            return;
        using var document = Parse(path);
        if (!document.RootElement.TryGetProperty("Values", out var values))
            return;
        // The environment's way to write sections, so that a value can move between the two as it is.
        var settings = values
            .EnumerateObject()
            .Select(p => KeyValuePair.Create(p.Name.Replace("__", ":", StringComparison.Ordinal), (string?)p.Value.ToString()));
        configuration.Sources.Insert(
            0,
            new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = [.. settings] }
        );
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
