namespace Influence.LocalRuntime.Tests.Support;

/// <summary>All tests that need storage share one Azurite; each has queues and function names of its own.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteCollection : ICollectionFixture<TestAzurite>
{
    public const string Name = "azurite";
}
