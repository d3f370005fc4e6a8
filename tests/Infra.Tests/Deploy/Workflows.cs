using k8s;

namespace Infra.Tests.Deploy;

/// <summary>What the tests read of the workflows; their form is the linter's matter.</summary>
internal sealed class Workflows
{
    public static string Folder { get; } = Path.Combine(Template.Root, ".github", "workflows");

    public static string[] Files { get; } = Directory.GetFiles(Folder);

    public IDictionary<string, string> Env { get; set; } = new Dictionary<string, string>();
    public IDictionary<string, string> Permissions { get; set; } = new Dictionary<string, string>();
    public IDictionary<string, WorkflowJob> Jobs { get; set; } = new Dictionary<string, WorkflowJob>();

    public static Workflows Read(string file) =>
        KubernetesYaml.Deserialize<Workflows>(File.ReadAllText(Path.Combine(Folder, file)), strict: false);
}

internal sealed class WorkflowJob
{
    public string? Needs { get; set; }
    public object? Environment { get; set; }
    public IDictionary<string, string> Permissions { get; set; } = new Dictionary<string, string>();
    public IList<WorkflowStep> Steps { get; set; } = [];
}

internal sealed class WorkflowStep
{
    public string? Uses { get; set; }
    public string? Run { get; set; }
    public IDictionary<string, string> Env { get; set; } = new Dictionary<string, string>();
    public IDictionary<string, string> With { get; set; } = new Dictionary<string, string>();
}
