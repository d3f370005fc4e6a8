namespace InfluenceFunctions.Tests.Support;

/// <summary>One app and one Azurite for all tests that break neither; each uses networks or accounts of its own.</summary>
public sealed class AppFixture : IAsyncLifetime
{
    private readonly TestAzurite azurite = new();

    public RunningApp App { get; private set; } = null!;

    public string ConnectionString => azurite.ConnectionString;

    public async Task InitializeAsync()
    {
        await azurite.InitializeAsync();
        App = await RunningApp.StartAsync(
            azurite,
            [("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:00"), .. Webhook.Settings, .. Backfill.Settings]
        );
    }

    public async Task DisposeAsync()
    {
        await App.DisposeAsync();
        await azurite.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class AppCollection : ICollectionFixture<AppFixture>
{
    public const string Name = "app";
}

/// <summary>An app of their own for tests that publish: a publication takes longer the more networks there are.</summary>
[CollectionDefinition(Name)]
public sealed class BoardsCollection : ICollectionFixture<AppFixture>
{
    public const string Name = "boards";
}
