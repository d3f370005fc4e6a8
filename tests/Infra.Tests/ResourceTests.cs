using System.Text.Json.Nodes;

namespace Infra.Tests;

public sealed class ResourceTests
{
    private const string StorageScope = "[resourceId('Microsoft.Storage/storageAccounts', parameters('storageName'))]";
    private const string Identity = "[parameters('identityId')]";
    private const string InsightsScope = "[resourceId('Microsoft.Insights/components', parameters('insightsName'))]";

    [Fact]
    public void The_identity_has_four_roles_each_on_one_resource()
    {
        var roles = Template.Module("roles");
        Assert.Equal(
            ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", "974c5e8b-45b9-4653-ba55-5f855dd0fb88", "b7e6dc6d-f1e8-4753-8033-0f276bb0955b"],
            roles["variables"]!["storageRoles"]!.AsObject().Select(r => (string)r.Value!).Order(StringComparer.Ordinal)
        );
        Assert.Equal("3913510d-42f4-4e42-8a64-420c390055eb", (string)roles["variables"]!["monitoringMetricsPublisher"]!);

        var assignments = Of(roles, "Microsoft.Authorization/roleAssignments").Where(a => !IsOfOperator(a)).ToList();
        Assert.Equal([StorageScope, InsightsScope], assignments.Select(a => (string)a["scope"]!));
        Assert.Equal("[length(items(variables('storageRoles')))]", (string)assignments[0]["copy"]!["count"]!);
        Assert.Contains(
            "items(variables('storageRoles'))[copyIndex()].value",
            (string)assignments[0]["properties"]!["roleDefinitionId"]!,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "variables('monitoringMetricsPublisher')",
            (string)assignments[1]["properties"]!["roleDefinitionId"]!,
            StringComparison.Ordinal
        );
        Assert.All(
            assignments,
            a =>
                Assert.Contains(
                    "userAssignedIdentities', parameters('identityName')",
                    (string)a["properties"]!["principalId"]!,
                    StringComparison.Ordinal
                )
        );
        Assert.Contains("roles", Template.Main["resources"]!["app"]!["dependsOn"]!.AsArray().Select(d => (string)d!));
    }

    [Fact]
    public void The_operator_may_read_tables_and_queues_or_write_them_too_and_no_blob()
    {
        var roles = Template.Module("roles");
        var (read, write) = (roles["variables"]!["operatorRoles"]!["read"]!, roles["variables"]!["operatorRoles"]!["write"]!);
        Assert.Equal(
            [("queueDataReader", "19e7f393-937e-4f77-808e-94535e297925"), ("tableDataReader", "76199698-9eea-4c19-bc75-cec21354c6b6")],
            read.AsObject().Select(r => (r.Key, (string)r.Value!))
        );
        Assert.Equal(
            [
                ("queueDataContributor", "[variables('storageRoles').queueDataContributor]"),
                ("tableDataContributor", "[variables('storageRoles').tableDataContributor]"),
            ],
            write.AsObject().Select(r => (r.Key, (string)r.Value!))
        );
        var assignment = Of(roles, "Microsoft.Authorization/roleAssignments").Single(IsOfOperator);
        Assert.Equal(StorageScope, (string)assignment["scope"]!);
        Assert.Equal("[parameters('operatorPrincipalType')]", (string)assignment["properties"]!["principalType"]!);
        // Nobody is named: nobody is given anything.
        Assert.StartsWith("[length(if(empty(parameters('operatorPrincipalId')), createArray(), ", (string)assignment["copy"]!["count"]!);
        var main = Template.Main["parameters"]!;
        Assert.Equal(
            ("", "User", "read"),
            (
                (string)main["operatorPrincipalId"]!["defaultValue"]!,
                (string)main["operatorPrincipalType"]!["defaultValue"]!,
                (string)main["operatorAccess"]!["defaultValue"]!
            )
        );
    }

    [Fact]
    public void Storage_takes_no_key_no_old_tls_and_shows_no_blob()
    {
        var properties = Of(Template.Module("storage"), "Microsoft.Storage/storageAccounts").Single()["properties"]!;
        Assert.Equal(
            (false, false, true),
            (
                (bool)properties["allowSharedKeyAccess"]!,
                (bool)properties["allowBlobPublicAccess"]!,
                (bool)properties["supportsHttpsTrafficOnly"]!
            )
        );
        Assert.Equal("TLS1_2", (string)properties["minimumTlsVersion"]!);
    }

    [Fact]
    public void Storage_holds_every_table_and_queue_of_the_app()
    {
        var variables = Template.Module("storage")["variables"]!;
        string[] tables = [.. typeof(Deployment).GetProperties().Where(p => p.PropertyType.Name == "TableClient").Select(p => p.Name)];
        string[] queues = [.. typeof(QueueNames).GetFields().Select(f => (string)f.GetRawConstantValue()!)];
        Assert.Equal(tables.Order(StringComparer.Ordinal), Names(variables["tables"]!));
        Assert.Equal(queues.Order(StringComparer.Ordinal), Names(variables["queues"]!));
    }

    [Fact]
    public void The_app_runs_isolated_on_flex_consumption_from_a_container_it_reads_by_its_identity()
    {
        Assert.Equal("FC1", (string)Of(Template.Module("plan"), "Microsoft.Web/serverfarms").Single()["sku"]!["name"]!);
        var app = Of(Template.Module("app"), "Microsoft.Web/sites").Single();
        var config = app["properties"]!["functionAppConfig"]!;
        Assert.Equal(("dotnet-isolated", "10.0"), ((string)config["runtime"]!["name"]!, (string)config["runtime"]!["version"]!));
        // The whole list: what else there is of a site's configuration, Flex Consumption mostly refuses.
        Assert.Equal(
            ["http20Enabled", "minTlsVersion", "scmMinTlsVersion"],
            app["properties"]!["siteConfig"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal)
        );
        var authentication = config["deployment"]!["storage"]!["authentication"]!;
        Assert.Equal(
            ("UserAssignedIdentity", Identity),
            ((string)authentication["type"]!, (string)authentication["userAssignedIdentityResourceId"]!)
        );
        Assert.Equal(Identity, (string)app["properties"]!["keyVaultReferenceIdentity"]!);
        Assert.Equal("UserAssigned", (string)app["identity"]!["type"]!);
        Assert.Contains("identityId", app["identity"]!["userAssignedIdentities"]!.AsObject().Single().Key, StringComparison.Ordinal);
        Assert.Contains("parameters('deploymentContainer')", (string)config["deployment"]!["storage"]!["value"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Telemetry_is_taken_by_identity_alone() =>
        Assert.True((bool)Of(Template.Module("monitoring"), "Microsoft.Insights/components").Single()["properties"]!["DisableLocalAuth"]!);

    [Fact]
    public void No_output_holds_a_secret() =>
        Assert.Equal(
            ["appName", "principalId", "storageName", "url"],
            Template.Main["outputs"]!.AsObject().Select(o => o.Key).Order(StringComparer.Ordinal)
        );

    // The alerts read lines of the app: whoever changes the words of one changes the other.
    [Fact]
    public void Alerts_read_what_the_app_writes()
    {
        var alerts = Template
            .Module("alerts")
            .ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        Assert.Equal(
            ["backlog", "errors", "poison", "publication", "silence"],
            Template.Module("alerts")["variables"]!["rules"]!.AsArray().Select(r => (string)r!["key"]!).Order(StringComparer.Ordinal)
        );
        var app = string.Concat(
            Directory
                .EnumerateFiles(Path.Combine(Template.Root, "src", "Influence.Pipeline"), "*.cs", SearchOption.AllDirectories)
                .Select(File.ReadAllText)
        );
        Line(
            "Waiting in {Queue}: {Depth} messages, the oldest for {Seconds} s.",
            "Waiting in \\\" queue \\\": \\\" depth:long \\\" messages, the oldest for \\\" seconds:long \\\" s.\\\""
        );
        Line("Dead letter of queue {Queue} kept", "Dead letter of queue ");
        Line("Published {Date:O}", "startswith \\\"Published \\\"");

        void Line(string written, string read)
        {
            Assert.Contains($"Message = \"{written}", app, StringComparison.Ordinal);
            Assert.Contains(read, alerts, StringComparison.Ordinal);
        }
    }

    private static bool IsOfOperator(JsonNode assignment) =>
        (string)assignment["properties"]!["principalId"]! == "[parameters('operatorPrincipalId')]";

    private static IEnumerable<JsonNode> Of(JsonNode template, string type) =>
        Template.Resources(template).Where(r => (string)r["type"]! == type && (bool?)r["existing"] != true);

    private static IEnumerable<string> Names(JsonNode list) => list.AsArray().Select(n => (string)n!).Order(StringComparer.Ordinal);
}
