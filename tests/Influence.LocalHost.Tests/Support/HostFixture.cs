namespace Influence.LocalHost.Tests.Support;

/// <summary>One running host for the tests of a class.</summary>
public abstract class HostFixture : IAsyncLifetime
{
    internal RunningHost Host { get; private set; } = null!;

    public virtual async Task InitializeAsync() => Host = await RunningHost.StartAsync(Settings);

    public async Task DisposeAsync()
    {
        if (Host is not null)
            await Host.DisposeAsync();
    }

    protected virtual (string Name, string Value)[] Settings => [];
}

/// <summary>A host without keys and listeners.</summary>
public sealed class OpenHost : HostFixture;
