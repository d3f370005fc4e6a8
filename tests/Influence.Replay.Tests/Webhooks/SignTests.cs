namespace Influence.Replay.Tests.Webhooks;

public sealed class SignTests : IDisposable
{
    private const string Secret = "It's a Secret to Everybody";
    private readonly string folder = Directory.CreateTempSubdirectory("sign").FullName;

    [Theory]
    [InlineData("github")]
    [InlineData("slack")]
    public void What_is_printed_makes_the_body_genuine(string source)
    {
        var (body, output) = (Body("""{"zen":"Keep it logically awesome."}"""), new StringWriter());
        Assert.Equal(0, new SignCommand(_ => Secret, output, TimeProvider.System).Parse([source, body]).Invoke());
        var headers = output
            .ToString()
            .Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(": ", 2))
            .ToDictionary(l => l[0], l => l[1], StringComparer.OrdinalIgnoreCase);
        var delivery = new Delivery(File.ReadAllBytes(body), headers.GetValueOrDefault, _ => null);
        Assert.True(
            ConnectorRegistry
                .Find(source)!
                .VerifySignature(delivery, new SourceSettings { Secrets = { Secret } }, DateTimeOffset.UtcNow.ToUnixTimeSeconds())
        );
        Assert.Equal("application/json", headers["content-type"]);
    }

    [Fact]
    public void A_samples_own_headers_are_printed_too()
    {
        var (body, output) = (Body("{}"), new StringWriter());
        File.WriteAllText(Path.Combine(folder, "body.expected.json"), """{"headers":{"X-GitHub-Event":"star"},"items":[]}""");
        Assert.Equal(0, new SignCommand(_ => Secret, output, TimeProvider.System).Parse(["github", body]).Invoke());
        Assert.Contains("X-GitHub-Event: star", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_a_file_or_a_secret_that_is_missing_is_named()
    {
        var body = Body("{}");
        Assert.Contains("nobody", Errors(Secret, "nobody", body), StringComparison.Ordinal);
        Assert.Contains("nothing.json", Errors(Secret, "github", Path.Combine(folder, "nothing.json")), StringComparison.Ordinal);
        Assert.Contains(SignCommand.SecretVariable, Errors("", "github", body), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Errors(string secret, params string[] args) =>
        string.Join(' ', new SignCommand(_ => secret, TextWriter.Null, TimeProvider.System).Parse(args).Errors.Select(e => e.Message));

    private string Body(string text)
    {
        var path = Path.Combine(folder, "body.json");
        File.WriteAllText(path, text);
        return path;
    }
}
