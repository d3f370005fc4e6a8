using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace InfluenceFunctions.Tests.Secrets;

/// <summary>What is built holds no secret; the samples name theirs on the command line.</summary>
public sealed partial class OutputTests
{
    private static readonly string[] Code = [".dll", ".exe", ".pdb", ".so", ""];

    // Where the pattern itself stands.
    private const string DocsOfTheseTests = "InfluenceFunctions.Tests.xml";

    // Names packages, as one for the secrets of a user.
    private const string PackageList = ".deps.json";

    // artifacts/bin/{project}/{configuration}: of the configuration that is tested now.
    private static readonly DirectoryInfo Own = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    private static readonly (string Name, string Value)[] Samples = HttpFileTests.Secrets();

    [Fact]
    public void No_output_folder_holds_a_secret()
    {
        var files = Outputs().SelectMany(o => o.EnumerateFiles("*", SearchOption.AllDirectories)).ToList();
        Assert.Contains(files, f => f.Name == "local.settings.json");
        Assert.All(
            files.Where(f =>
                !Code.Contains(f.Extension) && f.Name != DocsOfTheseTests && !f.Name.EndsWith(PackageList, StringComparison.Ordinal)
            ),
            file =>
            {
                var text = File.ReadAllText(file.FullName);
                Assert.DoesNotContain(Samples, s => text.Contains(s.Value, StringComparison.Ordinal));
                Assert.False(Secret().IsMatch(text), $"{file.FullName}: {Secret().Match(text)}");
            }
        );
    }

    [Fact]
    public void No_assembly_of_the_product_holds_a_secret_of_the_samples()
    {
        var files = Outputs()
            .SelectMany(o => o.EnumerateFiles("Influence*.dll"))
            .Where(f => !f.Name.Contains("Tests") && !f.Name.Contains("Benchmarks"));
        Assert.All(
            files.DistinctBy(f => f.Name),
            file =>
            {
                var bytes = File.ReadAllBytes(file.FullName);
                Assert.DoesNotContain(
                    Samples,
                    s =>
                        bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(s.Value)) >= 0
                        || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(s.Value)) >= 0
                );
            }
        );
    }

    [Fact]
    public void The_settings_of_a_developers_machine_are_these_and_none_is_a_secret()
    {
        var file = Path.Combine(Influence.Tests.TestAzurite.Root, "src", "InfluenceFunctions", "local.settings.json");
        Assert.Equal(
            ["AzureWebJobsStorage", "AzureWebJobsDisableHomepage", "FUNCTIONS_WORKER_RUNTIME", "PublishSchedule"],
            JsonElement.Parse(File.ReadAllBytes(file)).GetProperty("Values").EnumerateObject().Select(p => p.Name)
        );
    }

    [Fact]
    public async Task The_app_as_it_was_built_takes_no_delivery_that_everybody_can_sign()
    {
        const string Nowhere =
            "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:1/a;"
            + "QueueEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a";
        await using var app = await RunningApp.StartAsync(new Influence.Tests.TestAzurite(), ("AzureWebJobsStorage", Nowhere));
        foreach (var connector in ConnectorRegistry.All)
        {
            foreach (var secret in Samples.Select(s => s.Value).Append("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
            {
                using var answer = await Webhook.SendAsync(app, connector.Source, "{}", secret: secret);
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            }
        }
    }

    private static IEnumerable<DirectoryInfo> Outputs() =>
        Own.Parent!.Parent!.EnumerateDirectories().Select(p => new DirectoryInfo(Path.Combine(p.FullName, Own.Name))).Where(o => o.Exists);

    // Keys of Standard Webhooks, keys and signatures of storage but Azurite's own, private keys, and settings by the names of secrets.
    [GeneratedRegex(
        "whsec_[A-Za-z0-9+/]{16,}|AccountKey=(?!Eby8vdM02xNOcqFl)[A-Za-z0-9+/=]{16,}|SharedAccessSignature=|[?&]sig="
            + "|-----BEGIN [A-Z ]*PRIVATE KEY"
            + @"|""[^""]*(?:Secrets?|Password|VerifyToken|MasterKey|FunctionKeys)(?:(?:__|:)\d+)?""\s*:\s*""[^""]+""",
        RegexOptions.None,
        10_000
    )]
    private static partial Regex Secret();
}
