using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Influence.Simulation.Hosts;

/// <summary>A host of the app: production's composition over the simulation's storage, with a clock of its own.</summary>
internal sealed class SimulatedHost : IDisposable
{
    private readonly ServiceProvider services;

    public SimulatedHost(
        string name,
        TimeSpan skew,
        SimulatedTime time,
        InMemoryStorage storage,
        StorageGate gate,
        IConfiguration settings,
        int seed
    )
    {
        (Name, Skew, Gate) = (name, skew, gate);
        services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton(settings)
            .AddSingleton<TimeProvider>(new HostClock(time, skew))
            .AddSingleton(storage.Clients(gate))
            .AddSingleton(new Random(seed))
            .AddInfluence(settings)
            .BuildServiceProvider();
    }

    public string Name { get; }

    /// <summary>How far its clock is ahead of storage's.</summary>
    public TimeSpan Skew { get; }

    public StorageGate Gate { get; }

    public bool IsAlive { get; private set; } = true;

    public IServiceProvider Services => services;

    /// <summary>The process ends at once: no code of it runs on, no call of it is answered.</summary>
    public void Crash()
    {
        IsAlive = false;
        Gate.Close();
    }

    public void Dispose() => services.Dispose();
}
