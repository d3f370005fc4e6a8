using System.Text.Json.Nodes;

namespace Infra.Tests;

public sealed class HostJsonTests
{
    [Fact]
    public void Every_value_of_host_json_is_explained_and_no_other()
    {
        var values = Leaves(JsonNode.Parse(Template.Text("host.json"))!.AsObject(), "").Where(v => v != "version: 2.0");
        Assert.Equal(values.Order(StringComparer.Ordinal), Docs.Rows("## host.json").Select(r => r[0]).Order(StringComparer.Ordinal));
    }

    // Without the sections that only group: queues.batchSize, logLevel.default.
    private static IEnumerable<string> Leaves(JsonObject node, string path) =>
        node.SelectMany(p =>
            p.Value is JsonObject inner
                ? Leaves(inner, p.Key is "extensions" or "logging" ? path : $"{path}{p.Key}.")
                : [$"{path}{p.Key}: {p.Value}"]
        );
}
