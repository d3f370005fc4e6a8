using System.Text.RegularExpressions;
using k8s;

namespace Infra.Tests.Deploy;

/// <summary>The workflows and azure.yaml, against infra/ and the docs. None of them could be run here.</summary>
public sealed partial class DeliveryTests
{
    private static readonly string Docs = Template.Text("docs/deployment.md");

    private static Workflows Deploy { get; } = Workflows.Read("deploy.yml");

    // A tag can be moved to other code, a commit cannot.
    [Fact]
    public void Every_action_is_named_by_its_commit_with_the_version_beside_it()
    {
        var uses = Workflows.Files.SelectMany(File.ReadAllLines).Where(l => l.Contains("uses:", StringComparison.Ordinal)).ToArray();
        Assert.True(uses.Length >= 10, $"{uses.Length} actions");
        Assert.Equal([], uses.Where(l => !Pinned().IsMatch(l)));
        // One action, one version.
        var versions = uses.Select(l => Pinned().Match(l).Groups["action"].Value).Distinct();
        Assert.Equal([], versions.GroupBy(v => v.Split('@')[0]).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Fact]
    public void It_is_built_tested_shown_deployed_and_looked_at_in_this_order() =>
        Assert.Equal(
            [("build", null), ("test", "build"), ("what-if", "test"), ("deploy", "what-if"), ("smoke", "deploy")],
            Deploy.Jobs.Select(j => (j.Key, j.Value.Needs))
        );

    [Fact]
    public void Only_a_job_that_logs_in_may_have_a_token_and_it_runs_in_an_environment()
    {
        foreach (var workflow in Workflows.Files.Select(f => Workflows.Read(Path.GetFileName(f))))
        {
            Assert.Equal("contents: read", string.Join(", ", workflow.Permissions.Select(p => $"{p.Key}: {p.Value}")));
            foreach (var (name, job) in workflow.Jobs)
            {
                var logsIn = job.Steps.Any(s => s.Uses?.StartsWith("azure/login@", StringComparison.Ordinal) == true);
                Assert.True(logsIn == job.Permissions.ContainsKey("id-token"), name);
                Assert.True(logsIn == job.Environment is not null, name);
            }
        }
    }

    // Without an approval nothing of Azure changes.
    [Fact]
    public void What_changes_azure_is_in_the_job_that_waits_for_an_approval() =>
        Assert.All(
            Deploy.Jobs.Where(j => j.Value.Steps.Any(s => s.Run is { } run && Changes().IsMatch(run))),
            j => Assert.Equal("deploy", j.Key)
        );

    [Fact]
    public void Login_is_by_a_token_of_the_run_and_no_secret()
    {
        var logins = Deploy
            .Jobs.Values.SelectMany(j => j.Steps)
            .Where(s => s.Uses?.StartsWith("azure/login@", StringComparison.Ordinal) == true);
        Assert.All(logins, l => Assert.Equal(["client-id", "subscription-id", "tenant-id"], l.With.Keys.Order(StringComparer.Ordinal)));
        var secrets = Secret()
            .Matches(File.ReadAllText(Path.Combine(Workflows.Folder, "deploy.yml")))
            .Select(m => m.Groups[1].Value)
            .Distinct();
        Assert.Equal(["MORE_SETTINGS"], secrets);
    }

    // With a role that is not in the list, the deployment would be refused; with more, the login could give itself anything.
    [Fact]
    public void The_login_may_assign_the_roles_of_infra_and_no_other()
    {
        var assigned = Guids().Matches(Template.Text("infra/modules/roles.bicep")).Select(m => m.Value).Order(StringComparer.Ordinal);
        Assert.NotEmpty(assigned);
        var lists = AllowedRoles().Matches(Docs).Select(m => Guids().Matches(m.Value).Select(g => g.Value).Order(StringComparer.Ordinal));
        Assert.Equal([assigned, assigned], lists);
    }

    [Fact]
    public void What_is_shown_before_the_approval_is_asked_for_with_rights_to_read()
    {
        var shows = Assert.Single(Deploy.Jobs["what-if"].Steps, s => s.Run is not null).Run!;
        Assert.Contains("--validation-level ProviderNoRbac", shows, StringComparison.Ordinal);
        Assert.Matches(@"gh variable set AZURE_CLIENT_ID --repo ""\$repo"" --env ""\$environment""", Docs);
    }

    [Fact]
    public void The_parameter_files_find_what_they_read_in_the_workflow()
    {
        // Azd alone sets this one.
        var read = Template.ReadFromEnvironment.Except(["AZURE_PRINCIPAL_ID"]);
        foreach (
            var step in Deploy
                .Jobs.Values.SelectMany(j => j.Steps)
                .Where(s => s.Run?.Contains("bicepparam", StringComparison.Ordinal) == true)
        )
            Assert.Equal([], read.Except(Deploy.Env.Keys.Concat(step.Env.Keys)));
        foreach (var file in Directory.GetFiles(Path.Combine(Template.Root, "infra"), "*.bicepparam"))
            Assert.Equal(
                Template.ReadFromEnvironment,
                Variable().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)
            );
    }

    [Fact]
    public void The_package_is_built_as_the_docs_say()
    {
        var runs = Deploy.Jobs["build"].Steps.Select(s => s.Run).OfType<string>().ToArray();
        Assert.Contains(runs[0], Docs, StringComparison.Ordinal);
        Assert.Contains(runs[1], Docs, StringComparison.Ordinal);
    }

    // What the schema of azure.yaml asks of a function app: a project, and nothing of containers.
    [Fact]
    public void Azure_yaml_leads_to_the_project_the_parameters_and_the_tagged_app()
    {
        var azure = KubernetesYaml.Deserialize<AzureYaml>(Template.Text("azure.yaml"), strict: true);
        Assert.Matches("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", azure.Name);
        Assert.Equal("bicep", azure.Infra["provider"]);
        Assert.True(
            File.Exists(Path.Combine(Template.Root, azure.Infra["path"], $"{azure.Infra["module"]}.bicepparam")),
            azure.Infra["module"]
        );
        var (name, service) = Assert.Single(azure.Services);
        Assert.Equal(["host", "language", "project"], service.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("function", "dotnet"), (service["host"], service["language"]));
        Assert.Single(Directory.GetFiles(Path.Combine(Template.Root, service["project"]), "*.csproj"));
        var app = Template.Resources(Template.Module("app")).Single(r => (string)r["type"]! == "Microsoft.Web/sites");
        Assert.Equal(name, (string)app["tags"]!["azd-service-name"]!);
    }

    [GeneratedRegex(@"^\s*- uses: (?<action>[\w.-]+/[\w./-]+@[0-9a-f]{40}) # v\d+\.\d+\.\d+$", RegexOptions.None, 10_000)]
    private static partial Regex Pinned();

    [GeneratedRegex(@"\baz (?!deployment group (what-if|show))(?!account show)", RegexOptions.None, 10_000)]
    private static partial Regex Changes();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.None, 10_000)]
    private static partial Regex Guids();

    [GeneratedRegex(@"^\$?roles ?= ?'.*'$", RegexOptions.Multiline, 10_000)]
    private static partial Regex AllowedRoles();

    [GeneratedRegex(@"\bsecrets\.(\w+)", RegexOptions.None, 10_000)]
    private static partial Regex Secret();

    [GeneratedRegex(@"readEnvironmentVariable\('(\w+)'", RegexOptions.None, 10_000)]
    private static partial Regex Variable();

    private sealed class AzureYaml
    {
        public string Name { get; set; } = "";
        public IDictionary<string, string> Infra { get; set; } = new Dictionary<string, string>();
        public IDictionary<string, IDictionary<string, string>> Services { get; set; } =
            new Dictionary<string, IDictionary<string, string>>();
    }
}
