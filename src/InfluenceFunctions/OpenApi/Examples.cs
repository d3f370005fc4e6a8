using System.Text.Json.Nodes;

namespace InfluenceFunctions.OpenApi;

/// <summary>Real answers, as the app gave them once.</summary>
/// <remarks>Files beside this one, named «call.status.json» or «problem.code.json».</remarks>
internal static class Examples
{
    /// <summary>An answer; null where there is none of this name.</summary>
    public static JsonNode? Find(string name)
    {
        using var file = typeof(Examples).Assembly.GetManifestResourceStream($"OpenApi.Examples.{name}.json");
        return file is null ? null : JsonNode.Parse(file);
    }
}
