using System.Globalization;
using System.Text.Json.Nodes;

namespace Infra.Tests.Deploy;

/// <summary>deploy/kubernetes against the app's functions, queues, settings and limits, and within itself.</summary>
public sealed class KubernetesTests
{
    private static readonly Dictionary<string, string> Triggers = Docs.Rows("## What runs").ToDictionary(r => r[0], r => r[1]);
    private static readonly JsonNode HostJson = JsonNode.Parse(Template.Text("host.json"))!;

    // The probes' own function.
    private const string Live = "GetLive";

    public static IEnumerable<object[]> Deployments() => Manifests.Deployments.Select(d => new object[] { d.Metadata.Name });

    [Fact]
    public void Every_file_is_applied()
    {
        Assert.Equal(Manifests.Files, Manifests.Kustomization.Resources.Order(StringComparer.Ordinal));
        Assert.Equal(Manifests.Kustomization.Namespace, Assert.Single(Manifests.All<V1Namespace>()).Metadata.Name);
    }

    [Fact]
    public void Every_function_runs_in_one_place_and_the_probes_function_everywhere()
    {
        var running = Manifests.Deployments.SelectMany(Manifests.Functions).ToList();
        Assert.Equal(Manifests.Deployments.Count(), running.RemoveAll(f => f == Live));
        Assert.Equal(Triggers.Keys.Where(f => f != Live).Order(StringComparer.Ordinal), running.Order(StringComparer.Ordinal));
    }

    // A queue's pods may be none, and then no timer would fire and no request be answered there.
    [Fact]
    public void Queue_functions_run_apart_from_requests_and_timers() =>
        Assert.All(
            Manifests.Deployments,
            d => Assert.Single(Manifests.Functions(d).Where(f => f != Live).Select(f => Queue(f) is not null).Distinct())
        );

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Probes_ask_a_public_route_that_asks_nothing_of_storage(string name)
    {
        var container = Manifests.Container(Deployment(name));
        var probes = new[] { container.StartupProbe, container.LivenessProbe, container.ReadinessProbe }.Where(p => p is not null).ToList();
        Assert.Equal(Scaler(name) is V2HorizontalPodAutoscaler ? 3 : 2, probes.Count);
        Assert.All(probes, p => Assert.Equal($"GET,HEAD {p.HttpGet.Path} (Anonymous)", Triggers[Live]));
        Assert.All(probes, p => Assert.Contains(p.HttpGet.Port.Value, container.Ports.Select(c => c.Name)));
    }

    [Fact]
    public void The_service_leads_to_the_pods_that_answer_requests()
    {
        var service = Assert.Single(Manifests.All<V1Service>());
        var http = Assert.Single(Manifests.Deployments, d => Scaler(d.Metadata.Name) is V2HorizontalPodAutoscaler);
        Assert.Equal(http.Spec.Template.Metadata.Labels, service.Spec.Selector);
        Assert.Equal(service.Spec.Selector, Assert.Single(Manifests.All<V1PodDisruptionBudget>()).Spec.Selector.MatchLabels);
        Assert.Contains(Assert.Single(service.Spec.Ports).TargetPort.Value, Manifests.Container(http).Ports.Select(p => p.Name));
        Assert.All(Manifests.Deployments, d => Assert.Equal(d.Spec.Template.Metadata.Labels, d.Spec.Selector.MatchLabels));
        Assert.Distinct(Manifests.Deployments.Select(d => d.Spec.Template.Metadata.Labels["app"]));
    }

    [Fact]
    public void A_deployment_has_one_scaler_and_a_scaler_a_deployment() =>
        Assert.Equal(
            Manifests.Deployments.Select(d => d.Metadata.Name).Order(StringComparer.Ordinal),
            Scalers.Select(s => s.Target).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void KEDA_watches_the_queues_of_the_functions_that_it_scales()
    {
        var objects = Manifests.All<ScaledObject>().ToList();
        Assert.All(
            objects,
            o =>
                Assert.Equal(
                    Manifests
                        .Functions(Deployment(o.Spec.ScaleTargetRef.Name))
                        .Select(Queue)
                        .OfType<string>()
                        .Order(StringComparer.Ordinal),
                    o.Spec.Triggers.Select(t => t.Metadata["queueName"]).Order(StringComparer.Ordinal)
                )
        );
        Assert.Equal(Triggers.Keys.Select(Queue).OfType<string>().Count(), objects.Sum(o => o.Spec.Triggers.Count));
    }

    // KEDA takes any name there; these are those of its scaler for this kind of queue.
    [Fact]
    public void KEDA_is_told_what_its_scaler_knows() =>
        Assert.All(
            Manifests.All<ScaledObject>().SelectMany(o => o.Spec.Triggers),
            t =>
            {
                Assert.Equal("azure-queue", t.Type);
                Assert.Equal(["queueLength", "queueName"], t.Metadata.Keys.Order(StringComparer.Ordinal));
                var authentication = Manifests.All<TriggerAuthentication>().Single(a => a.Metadata.Name == t.AuthenticationRef.Name);
                var secret = Assert.Single(authentication.Spec.SecretTargetRef);
                Assert.Equal(("connection", "AzureWebJobsStorage"), (secret.Parameter, secret.Key));
                Assert.Contains(secret.Name, Manifests.Kustomization.SecretGenerator.Where(s => s.Envs.Count > 0).Select(s => s.Name));
            }
        );

    [Fact]
    public void A_pod_is_added_for_the_messages_that_one_takes_at_a_time()
    {
        var queues = HostJson["extensions"]!["queues"]!;
        Assert.Equal((int)queues["batchSize"]! + (int)queues["newBatchThreshold"]!, Length(QueueNames.Interactions));
        Assert.Equal(1, Length(QueueNames.Shards));
        var shards = Manifests.All<ScaledObject>().Single(o => o.Spec.Triggers.Any(t => t.Metadata["queueName"] == QueueNames.Shards));
        Assert.Equal(256 / new InfluenceOptions().ShardsPerMessage, shards.Spec.MaxReplicaCount);
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void A_pod_may_end_the_work_that_it_has_in_hand(string name)
    {
        var longest = TimeSpan.Parse((string)HostJson["functionTimeout"]!, CultureInfo.InvariantCulture);
        Assert.Equal("true", Manifests.Environment(Deployment(name))["FUNCTIONS_ENABLE_DRAIN_ON_APP_STOPPING"]);
        Assert.True(Deployment(name).Spec.Template.Spec.TerminationGracePeriodSeconds > longest.TotalSeconds + 10);
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Every_setting_is_one_that_the_docs_explain(string name) =>
        Assert.Equal([], Manifests.Environment(Deployment(name)).Keys.Where(s => !ContainerSettings.IsDocumented(s)));

    [Fact]
    public void All_pods_have_one_host_id_since_timers_need_one() =>
        Assert.Equal(
            ComposeFile.Current.Services["app"].Environment["AzureFunctionsWebHost__hostid"],
            Assert.Single(Manifests.Deployments.Select(d => Manifests.Environment(d)["AzureFunctionsWebHost__hostid"]).Distinct())
        );

    [Theory]
    [MemberData(nameof(Deployments))]
    public void A_pod_has_the_storage_and_the_keys_of_secrets_that_are_not_here(string name)
    {
        var deployment = Deployment(name);
        var container = Manifests.Container(deployment);
        var (storage, keys) = (Manifests.Kustomization.SecretGenerator[0], Manifests.Kustomization.SecretGenerator[1]);
        Assert.Contains(storage.Name, container.EnvFrom.Select(e => e.SecretRef?.Name));
        var volume = Assert.Single(deployment.Spec.Template.Spec.Volumes, v => v.Secret?.SecretName == keys.Name);
        var folder = ContainerSettings.OfImage["FUNCTIONS_SECRETS_PATH"];
        Assert.Equal(
            $"{folder}/host.json",
            Assert.Single(container.VolumeMounts, m => m.Name == volume.Name && m.SubPath == "host.json").MountPath
        );
        // What the host makes itself is written beside it.
        var made = Assert.Single(container.VolumeMounts, m => m.MountPath == folder).Name;
        Assert.NotNull(Assert.Single(deployment.Spec.Template.Spec.Volumes, v => v.Name == made).EmptyDir);
        Assert.Equal(["secrets.env", "host.json"], storage.Envs.Concat(keys.Files));
    }

    [Fact]
    public void Secrets_are_not_in_the_repository()
    {
        Assert.Empty(Manifests.All<V1Secret>());
        Assert.Contains("\ndeploy/**/host.json\ndeploy/**/secrets.env\n", Template.Text(".gitignore"), StringComparison.Ordinal);
        var example = Template.Text($"{Manifests.Folder}/secrets.env.example").Split('\n');
        Assert.Equal(["AzureWebJobsStorage="], example.Where(l => l.Length > 0 && !l.StartsWith('#')));
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void A_pod_runs_the_image_that_kustomize_replaces_within_limits(string name)
    {
        var container = Manifests.Container(Deployment(name));
        Assert.Equal(Assert.Single(Manifests.Kustomization.Images).Name, container.Image);
        Assert.Contains("memory", container.Resources.Limits.Keys);
        // A scaler by processor divides by this.
        Assert.Contains("cpu", container.Resources.Requests.Keys);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
    }

    private static IEnumerable<(string Target, object Scaler)> Scalers =>
        Manifests
            .All<V2HorizontalPodAutoscaler>()
            .Select(a => (a.Spec.ScaleTargetRef.Name, (object)a))
            .Concat(Manifests.All<ScaledObject>().Select(o => (o.Spec.ScaleTargetRef.Name, (object)o)));

    private static object Scaler(string deployment) => Assert.Single(Scalers, s => s.Target == deployment).Scaler;

    private static V1Deployment Deployment(string name) => Manifests.Deployments.Single(d => d.Metadata.Name == name);

    private static string? Queue(string function) =>
        Triggers[function].StartsWith("queue ", StringComparison.Ordinal) ? Triggers[function]["queue ".Length..] : null;

    private static int Length(string queue) =>
        int.Parse(
            Manifests.All<ScaledObject>().SelectMany(o => o.Spec.Triggers).Single(t => t.Metadata["queueName"] == queue).Metadata[
                "queueLength"
            ],
            CultureInfo.InvariantCulture
        );
}
