using System.Text.Json.Nodes;

namespace Infra.Tests;

/// <summary>The parameter files of infra/: what they ask of Azure, and what they read of the environment.</summary>
public sealed class SizeTests
{
    // Default of Flex Consumption for a region and subscription; what an instance takes of it is in docs/deployment.md.
    private const double Quota = 250;

    private static readonly string[] Sizes = ["small.bicepparam", "large.bicepparam"];

    public static IEnumerable<object[]> Files() => Sizes.Select(s => new object[] { s });

    // All requests are one group, each other function is one of its own. What is poisoned, and timers, never need a third instance.
    [Theory]
    [MemberData(nameof(Files))]
    public void All_groups_at_their_most_stay_within_a_regions_quota(string file)
    {
        var parameters = Template.Parameters(file);
        var functions = Docs.Rows("## What runs").Select(r => r[1]).ToArray();
        var queues = functions.Count(f =>
            f.StartsWith("queue ", StringComparison.Ordinal) && !f.EndsWith("-poison", StringComparison.Ordinal)
        );
        var others = functions.Count(f =>
            f.StartsWith("timer ", StringComparison.Ordinal) || f.EndsWith("-poison", StringComparison.Ordinal)
        );
        Assert.True(queues >= 2 && others >= 6, $"{queues} queues, {others} others");
        var instances = (1 + queues) * Value<int>(parameters, "maximumInstanceCount") + (2 * others);
        var cores = instances * (double)Value<int>(parameters, "instanceMemoryMB") / 2048;
        Assert.True(cores <= Quota, $"{file}: {instances} instances are {cores} of {Quota} cores");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Both_sizes_read_the_same_of_the_environment(string file)
    {
        var given = Template.Parameters(
            file,
            ("ALERT_EMAIL", "ops@example.org"),
            ("MONTHLY_BUDGET", "20"),
            ("BUDGET_START", "2026-12-01"),
            ("OPERATOR_PRINCIPAL_ID", "00000000-0000-0000-0000-000000000001"),
            ("AZURE_PRINCIPAL_ID", "00000000-0000-0000-0000-000000000002"),
            ("OPERATOR_PRINCIPAL_TYPE", "Group"),
            ("PUBLIC_URL", "https://influence.example.org"),
            (
                "MORE_SETTINGS", /*lang=json,strict*/
                """{"Webhooks__github__Secrets__0":"s"}"""
            )
        );
        Assert.Equal("ops@example.org", Value<string>(given, "alertEmail"));
        Assert.Equal(20, Value<int>(given, "monthlyBudget"));
        Assert.Equal("2026-12-01", Value<string>(given, "budgetStart"));
        Assert.Equal("00000000-0000-0000-0000-000000000001", Value<string>(given, "operatorPrincipalId"));
        Assert.Equal("Group", Value<string>(given, "operatorPrincipalType"));
        Assert.Equal("https://influence.example.org", Value<string>(given, "publicUrl"));
        Assert.Equal("s", (string)given["moreSettings"]!["value"]!["Webhooks__github__Secrets__0"]!);
    }

    // A workflow gives a variable that nobody set as an empty one.
    [Theory]
    [MemberData(nameof(Files))]
    public void Nothing_or_an_empty_variable_leaves_the_default(string file)
    {
        var empty = Template.Parameters(file, [.. Template.ReadFromEnvironment.Select(n => (n, ""))]);
        Assert.True(JsonNode.DeepEquals(Template.Parameters(file), empty), empty.ToJsonString());
        foreach (
            var name in new[] { "alertEmail", "monthlyBudget", "budgetStart", "operatorPrincipalId", "operatorPrincipalType", "publicUrl" }
        )
            Assert.Equal(Template.Main["parameters"]![name]!["defaultValue"]!.ToString(), empty[name]!["value"]!.ToString());
        Assert.Empty(empty["moreSettings"]!["value"]!.AsObject());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Azd_gives_the_one_who_deploys_the_operators_role(string file) =>
        Assert.Equal("me", Value<string>(Template.Parameters(file, ("AZURE_PRINCIPAL_ID", "me")), "operatorPrincipalId"));

    // Azure refuses to change a budget's start: a value that is computed from today's date fails in every later month.
    [Fact]
    public void The_start_of_the_budget_is_given_and_never_todays()
    {
        var text = Template.Main.ToJsonString();
        Assert.DoesNotContain("utcNow", text, StringComparison.OrdinalIgnoreCase);
        var start = (string)Template.Main["resources"]!["budget"]!["properties"]!["parameters"]!["startDate"]!;
        // Whoever asks for a budget without its start is told so, before anything is made.
        Assert.StartsWith("[if(or(not(variables('hasBudget')), ", start, StringComparison.Ordinal);
        Assert.Contains("createObject('value', parameters('budgetStart')), createObject('value', fail(", start, StringComparison.Ordinal);
        Assert.Equal("[variables('hasBudget')]", (string)Template.Main["resources"]!["budget"]!["condition"]!);
    }

    [Fact]
    public void Zones_are_for_storage_and_instances_together_or_for_neither()
    {
        const string parameter = "[parameters('zoneRedundant')]";
        Assert.All(
            ["storage", "plan", "app"],
            m => Assert.Equal(parameter, AppSettings.Given(m).Single(p => p.Key == "zoneRedundant").Value)
        );
        var account = Resource("storage", "Microsoft.Storage/storageAccounts");
        Assert.Equal("[if(parameters('zoneRedundant'), 'Standard_ZRS', 'Standard_LRS')]", (string)account["sku"]!["name"]!);
        Assert.Equal(parameter, (string)Resource("plan", "Microsoft.Web/serverfarms")["properties"]!["zoneRedundant"]!);
        Assert.Equal(
            "[max(parameters('alwaysReadyHttp'), if(parameters('zoneRedundant'), 2, 0))]",
            (string)Template.Module("app")["variables"]!["waiting"]!
        );
        var scale = Resource("app", "Microsoft.Web/sites")["properties"]!["functionAppConfig"]!["scaleAndConcurrency"]!;
        Assert.Contains("'instanceCount', variables('waiting')", (string)scale["alwaysReady"]!, StringComparison.Ordinal);
    }

    private static T Value<T>(JsonNode parameters, string name) => parameters[name]!["value"]!.GetValue<T>();

    private static JsonNode Resource(string module, string type) =>
        Template.Resources(Template.Module(module)).Single(r => (string)r["type"]! == type && (bool?)r["existing"] != true);
}
