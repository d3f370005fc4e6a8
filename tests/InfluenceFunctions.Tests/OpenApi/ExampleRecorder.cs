using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace InfluenceFunctions.Tests.OpenApi;

/// <summary>Writes real answers to the examples of the description, when the variable RECORD_EXAMPLES is 1.</summary>
internal static partial class ExampleRecorder
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly HashSet<string> Written = new(StringComparer.Ordinal);

    public static string Folder { get; } = Path.Combine(TestAzurite.Root, "src", "InfluenceFunctions", "OpenApi", "Examples");

    /// <summary>Keeps the first answer of each call and status, and of each problem's code.</summary>
    public static void Keep(string id, int status, string? type, byte[] body)
    {
        var isRecording = Environment.GetEnvironmentVariable("RECORD_EXAMPLES") == "1";
        if (!isRecording || body.Length == 0 || type?.EndsWith("json", StringComparison.Ordinal) is not true)
            return;
        var json = JsonNode.Parse(body)!;
        var name = type == "application/problem+json" ? $"problem.{json["code"]}" : $"{id}.{status}";
        if (id.StartsWith("getOpenApi", StringComparison.Ordinal) || !Written.Add(name))
            return;
        // The address of the tests' app, and what differs from run to run.
        var text = Host().Replace(json.ToJsonString(Layout), "https://influence.example");
        File.WriteAllText(Path.Combine(Folder, $"{name}.json"), text + "\n");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.None, 1000)]
    private static partial Regex Host();
}
