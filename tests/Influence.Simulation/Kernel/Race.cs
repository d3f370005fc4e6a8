namespace Influence.Simulation.Kernel;

/// <summary>Some flows over one storage; a seed decides the order of their calls. For a race small enough to be tested alone.</summary>
internal sealed class Race
{
    private readonly StepScheduler scheduler = new();
    private readonly StorageGate gate;
    private readonly List<Task> flows = [];
    private readonly Random random;

    public Race(int seed)
    {
        random = new Random(seed);
        gate = new StorageGate(scheduler);
        Storage = new InMemoryStorage(new SimulatedTime(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero)));
        Clients = Storage.Clients(gate);
    }

    public InMemoryStorage Storage { get; }

    /// <summary>Clients whose calls take part in the race.</summary>
    public StorageClients Clients { get; }

    public void Start(Func<Task> flow) => flows.Add(scheduler.Start(flow));

    /// <summary>Lets one call after another through until every flow has ended, and throws what made one fail.</summary>
    public void Run()
    {
        for (scheduler.RunUntilIdle(); gate.Pending.Count > 0; scheduler.RunUntilIdle())
            gate.Open(gate.Pending[random.Next(gate.Pending.Count)], StorageFault.None);
        foreach (var flow in flows)
            if (flow.IsCompleted)
                flow.GetAwaiter().GetResult();
            else
                throw new InvalidOperationException("A flow waits for something that is no storage call.");
    }
}
