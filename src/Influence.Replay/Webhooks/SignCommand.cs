using System.CommandLine;
using System.Text.Json;

namespace Influence.Replay.Webhooks;

/// <summary>
/// <c>sign {source} {file}</c>: the headers a source would put on a body, one a line. They try a secret before the tool is pointed here:
/// <c>sign github star.json &gt; headers</c>, then <c>curl --data-binary @star.json -H @headers …/api/v1/webhooks/github</c>.
/// </summary>
internal sealed class SignCommand : Command
{
    /// <summary>The variable that holds the secret: on a command line others could read it.</summary>
    public const string SecretVariable = "INFLUENCE_WEBHOOK_SECRET";

    private readonly Argument<string> source = new("source")
    {
        Description = $"One of {string.Join(", ", ConnectorRegistry.All.Select(c => c.Source))}",
    };
    private readonly Argument<FileInfo> file = new("file") { Description = "The body, byte for byte as it will be sent" };

    /// <summary>Makes the command.</summary>
    public SignCommand(Func<string, string?> environment, TextWriter output, TimeProvider clock)
        : base("sign", $"Prints the headers that sign a webhook's body with the secret in {SecretVariable}.")
    {
        source.AcceptOnlyFromAmong([.. ConnectorRegistry.All.Select(c => c.Source)]);
        file.AcceptExistingOnly();
        Add(source);
        Add(file);
        Validators.Add(r =>
        {
            if (string.IsNullOrEmpty(environment(SecretVariable)))
                r.AddError($"Set {SecretVariable} to the secret that both sides have.");
        });
        SetAction(line =>
        {
            var (connector, body) = (ConnectorRegistry.Find(line.GetRequiredValue(source))!, line.GetRequiredValue(file));
            var signed = connector.Sign(
                File.ReadAllBytes(body.FullName),
                environment(SecretVariable)!,
                clock.GetUtcNow().ToUnixTimeSeconds()
            );
            foreach (var (name, value) in OfSample(body).Concat(signed).Prepend(new("Content-Type", "application/json")))
                output.WriteLine($"{name}: {value}");
            return ExitCodes.Ok;
        });
    }

    // A sample's other headers stand in its expected file.
    private static IEnumerable<KeyValuePair<string, string>> OfSample(FileInfo body)
    {
        var expected = Path.ChangeExtension(body.FullName, ".expected.json");
        if (!File.Exists(expected) || !JsonElement.Parse(File.ReadAllBytes(expected)).TryGetProperty("headers", out var headers))
            return [];
        return headers.EnumerateObject().Select(h => KeyValuePair.Create(h.Name, h.Value.GetString() ?? ""));
    }
}
