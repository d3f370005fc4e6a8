using System.Text.Json.Nodes;

namespace Infra.Tests.Deploy;

/// <summary>What the makers' own checkers say about what is deployed; each is shown to notice a mistake.</summary>
public sealed class LintTests : IDisposable
{
    private const string Dclint = "node_modules/dclint/bin/dclint.cjs";
    private const string Dockerfilelint = "node_modules/dockerfilelint/bin/dockerfilelint";
    private const string Keda = "Deploy/keda.mjs";

    private readonly string _folder = Directory.CreateTempSubdirectory("lint").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_Dockerfile_has_no_issue()
    {
        var (_, said) = await Linters.RunAsync(Dockerfilelint, "-o", "json", Path.Combine(Template.Root, "Dockerfile"));
        Assert.True((int)JsonNode.Parse(said)!["totalIssues"]! == 0, said);
    }

    [Theory]
    [InlineData("EXPOSE ", "EXPOSED ", "Invalid Command")]
    [InlineData(":4-dotnet-isolated10.0", ":latest", "Base Image Latest Tag")]
    [InlineData("RUN dotnet", "RUN sudo dotnet", "Use Of sudo")]
    public async Task A_mistake_in_the_Dockerfile_is_an_issue(string right, string wrong, string issue)
    {
        var (_, said) = await Linters.RunAsync(Dockerfilelint, "-o", "json", Spoiled("Dockerfile", right, wrong));
        Assert.Contains(issue, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_compose_file_has_no_issue()
    {
        var (code, said) = await Linters.RunAsync(Dclint, "--max-warnings", "0", Path.Combine(Template.Root, "deploy", "compose.yaml"));
        Assert.True(code == 0, said);
    }

    [Theory]
    [InlineData("healthcheck:", "healthchecks:", "must NOT have additional properties")]
    [InlineData("    build:\n      context: ..", "    build: 5", "/services/app/build")]
    [InlineData("'127.0.0.1:7071:8080'", "'7071:8080'", "no-unbound-port-interfaces")]
    [InlineData(":3.37.0", ":latest", "service-image-require-explicit-tag")]
    public async Task A_mistake_in_the_compose_file_is_an_issue(string right, string wrong, string issue)
    {
        var (code, said) = await Linters.RunAsync(Dclint, "--max-warnings", "0", Spoiled("deploy/compose.yaml", right, wrong));
        Assert.Contains(issue, said, StringComparison.Ordinal);
        Assert.NotEqual(0, code);
    }

    [Fact]
    public async Task Objects_of_KEDA_are_of_its_types()
    {
        var files = Manifests.Files.Select(f => Path.Combine(Template.Root, Manifests.Folder, f));
        var (_, said) = await Linters.RunAsync(Keda, [.. files]);
        Assert.Equal("3 objects", said.Trim());
    }

    [Theory]
    [InlineData("maxReplicaCount: 10", "maxReplicaCount: \"10\"", "/spec/maxReplicaCount must be integer")]
    [InlineData("queueLength: \"12\"", "queueLength: 12", "/metadata/queueLength must be string")]
    [InlineData("    - type: azure-queue\n      metadata:", "    - metadata:", "must have required property type")]
    [InlineData("kind: TriggerAuthentication", "kind: TriggerAuthentications", "TriggerAuthentications")]
    public async Task A_mistake_in_an_object_of_KEDA_is_noticed(string right, string wrong, string issue)
    {
        var (code, said) = await Linters.RunAsync(Keda, Spoiled($"{Manifests.Folder}/scaling.yaml", right, wrong));
        Assert.Contains(issue, said, StringComparison.Ordinal);
        Assert.NotEqual(0, code);
    }

    // The objects themselves are read by every test of KubernetesTests.
    [Theory]
    [InlineData("http.yaml", "livenessProbe:", "livenesProbe:", "livenesProbe")]
    [InlineData("http.yaml", "periodSeconds: 10", "periodSeconds: often", "often")]
    [InlineData("http.yaml", "minAvailable: 1", "minAvailables: 1", "minAvailables")]
    [InlineData("scaling.yaml", "averageUtilization: 70", "averageUtilization: most", "most")]
    [InlineData("scaling.yaml", "cooldownPeriod:", "coolDownPeriod:", "coolDownPeriod")]
    [InlineData("scaling.yaml", "parameter: connection", "parametre: connection", "parametre")]
    public void A_mistake_in_an_object_of_Kubernetes_is_refused(string file, string right, string wrong, string named)
    {
        var refused = Assert.ThrowsAny<Exception>(() =>
            Manifests.Load(Template.Text($"{Manifests.Folder}/{file}").Replace(right, wrong, StringComparison.Ordinal))
        );
        Assert.Contains(named, $"{refused}", StringComparison.Ordinal);
    }

    private string Spoiled(string file, string right, string wrong)
    {
        var text = Template.Text(file);
        Assert.Contains(right, text, StringComparison.Ordinal);
        var copy = Path.Combine(_folder, Path.GetFileName(file));
        File.WriteAllText(copy, text.Replace(right, wrong, StringComparison.Ordinal));
        return copy;
    }
}
