namespace Influence.Backup.Tests.Support;

/// <summary>One Azurite for all tests; each uses a prefix of its own.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteCollection : ICollectionFixture<TestAzurite>
{
    public const string Name = "azurite";
}
