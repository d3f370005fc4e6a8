namespace Influence.Connectors.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Connectors_reference_the_framework_and_the_core_only() =>
        Assert.All(
            typeof(Connector).Assembly.GetReferencedAssemblies(),
            reference =>
                Assert.True(
                    reference.Name == "Influence.Scoring" || reference.Name!.StartsWith("System.", StringComparison.Ordinal),
                    reference.Name
                )
        );

    [Fact]
    public void No_two_connectors_share_a_name() =>
        Assert.Equal(ConnectorRegistry.All.Count, ConnectorRegistry.All.Select(c => c.Source).Distinct().Count());

    [Fact]
    public void A_name_fits_the_route_and_the_settings() => Assert.All(ConnectorRegistry.All, c => Assert.Matches("^[a-z0-9]+$", c.Source));
}
