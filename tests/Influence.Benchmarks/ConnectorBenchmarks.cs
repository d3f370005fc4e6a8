using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;

namespace Influence.Benchmarks;

/// <summary>
/// Verifying and translating one delivery, on one core. That of <c>github</c> is a star with the forty-odd <c>*_url</c> fields that GitHub
/// puts on a repository and the seventeen on a person (7 KB). That of <c>standard</c> is one interaction. That of <c>x</c> is a reply with
/// the post it answers and a mention, as X Activity tells it.
/// </summary>
[MemoryDiagnoser]
public class ConnectorBenchmarks
{
    private const long Now = 1_795_176_000;
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly SourceSettings settings = new();
    private Connector connector = null!;
    private Delivery delivery = null!;

    [Params("github", "x", "standard")]
    public string Source { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        settings.Secrets.Add(Secret);
        connector = ConnectorRegistry.Find(Source)!;
        using var sample = typeof(ConnectorBenchmarks).Assembly.GetManifestResourceStream(Source)!;
        var json = JsonNode.Parse(sample)!;
        if (Source == "github")
            Fill(json);
        var body = System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
        var headers = connector
            .Sign(body, Secret, Now)
            .Append(new("X-GitHub-Event", "star"))
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
        delivery = new Delivery(body, headers.GetValueOrDefault, _ => null);
        Console.WriteLine($"// {Source}: {body.Length} bytes");
        if (VerifyAndTranslate() != (Source == "x" ? 2 : 1))
            throw new InvalidOperationException("The delivery is not what it should be.");
    }

    [Benchmark]
    public int VerifyAndTranslate() =>
        connector.VerifySignature(delivery, settings, Now) ? connector.Translate(delivery, Now)!.Items.Count : -1;

    [Benchmark]
    public bool Verify() => connector.VerifySignature(delivery, settings, Now);

    private static void Fill(JsonNode json)
    {
        var repository = json["repository"]!.AsObject();
        for (var i = 0; i < 46; i++)
            repository[$"kind{i}_url"] = $"https://api.github.com/repos/Harbor-Works/tidepool/kind{i}{{/sha}}";
        foreach (var person in new[] { repository["owner"]!, json["sender"]! })
            for (var i = 0; i < 17; i++)
                person.AsObject()[$"kind{i}_url"] = $"https://api.github.com/users/{person["login"]}/kind{i}{{/other_user}}";
    }
}
