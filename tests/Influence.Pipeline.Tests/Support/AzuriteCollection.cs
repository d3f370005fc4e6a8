namespace Influence.Pipeline.Tests.Support;

/// <summary>All tests that need storage share one Azurite; each has tables of its own.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteCollection : ICollectionFixture<TestAzurite>
{
    public const string Name = "azurite";
}
