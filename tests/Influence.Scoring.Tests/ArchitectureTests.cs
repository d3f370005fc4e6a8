namespace Influence.Scoring.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void The_core_references_the_framework_and_hashing_only() =>
        Assert.All(
            typeof(Score).Assembly.GetReferencedAssemblies(),
            reference =>
                Assert.True(
                    reference.Name == "System.IO.Hashing" || reference.Name!.StartsWith("System.", StringComparison.Ordinal),
                    reference.Name
                )
        );
}
