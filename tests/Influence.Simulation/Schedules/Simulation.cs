using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;

namespace Influence.Simulation.Schedules;

/// <summary>
/// Some hosts, one storage, one time: what can happen to them, one thing at a time. Which happens when a <see cref="Schedule"/> decides.
/// </summary>
internal sealed class Simulation : IDisposable
{
    private const int FlowsAtATime = 4;

    // As the Functions host has it, and a little sooner.
    private static readonly TimeSpan RenewEvery = TimeSpan.FromMinutes(4);

    private readonly StepScheduler scheduler = new();
    private readonly List<SimulatedHost> hosts = [];
    private readonly List<SimulatedHost> dead = [];
    private readonly List<Flow> flows = [];
    private readonly IConfiguration settings;
    private readonly Random random;
    private bool isCalm;

    public Simulation(ScheduleSettings drawn, Random random, ScheduleRecord record)
    {
        (Settings, this.random, Record) = (drawn, random, record);
        Time = new SimulatedTime(drawn.Start);
        Storage = new InMemoryStorage(Time);
        Listener = new QueueListener(this);
        settings = drawn.Configuration();
        // Keys of their own would make no two runs the same.
        var accounts = Storage.TableOf("Accounts");
        accounts.Create();
        var row = new TableEntity("deployment", "keys")
        {
            ["Seed"] = 42L,
            ["Partitions"] = 16,
            ["LayoutVersion"] = AccountKeys.Layout,
        };
        accounts.Run(new TableTransactionAction(TableTransactionActionType.Add, row));
        for (var i = 0; i < drawn.Skews.Count; i++)
            hosts.Add(NewHost(i));
    }

    public ScheduleSettings Settings { get; }

    public ScheduleRecord Record { get; }

    public SimulatedTime Time { get; }

    public InMemoryStorage Storage { get; }

    public QueueListener Listener { get; }

    public IReadOnlyList<SimulatedHost> Hosts => hosts;

    public IReadOnlyList<Flow> Flows => flows;

    /// <summary>Counts what happened.</summary>
    public int Step { get; private set; }

    /// <summary>No more faults, and no more deciding: storage answers as it is asked.</summary>
    public void Calm()
    {
        isCalm = true;
        foreach (var host in hosts)
        {
            host.Gate.IsOpen = true;
            foreach (var call in host.Gate.Pending.ToList())
                host.Gate.Open(call, StorageFault.None);
        }

        Run();
    }

    /// <summary>The storage calls that wait and are not held up.</summary>
    public List<PendingCall> Pending() => [.. hosts.SelectMany(h => h.Gate.Pending).Where(c => c.Flow is null || c.Flow.HeldUntil <= Step)];

    /// <summary>Lets a storage call through.</summary>
    public void Open(PendingCall call, StorageFault fault)
    {
        var host = hosts.Find(h => h.Gate == call.Gate)!;
        Happens($"{call.Flow?.ToString() ?? host.Name}: {call.Call.Operation} {FaultOf(fault)}", call.Call);
        Record.Count(fault == StorageFault.None ? "storage calls" : "storage faults");
        call.Gate.Open(call, fault);
        Run();
        if (fault.Dies)
            Crash(host);
    }

    /// <summary>Starts a run of a function.</summary>
    public void Start(Flow flow, Func<Task> work)
    {
        Happens($"{flow} starts", flow.Message?.MessageText);
        flows.Add(flow);
        flow.Start(scheduler, work);
        Run();
    }

    /// <summary>Runs something to its end at once; only while storage answers as it is asked.</summary>
    public void Complete(Func<Task> work)
    {
        var task = scheduler.Start(work);
        scheduler.RunUntilIdle();
        if (!task.IsCompleted)
            throw new InvalidOperationException("What must complete at once waits for something.");
        task.GetAwaiter().GetResult();
    }

    public bool HasRoom(SimulatedHost host) => host.IsAlive && flows.Count(f => f.Host == host) < FlowsAtATime;

    public void Crash(SimulatedHost host)
    {
        Happens($"{host.Name} dies");
        host.Crash();
        Record.Count("hosts died");
        var ended = flows.Where(f => f.Host == host).ToList();
        flows.RemoveAll(f => f.Host == host);
        // A caller sees the connection break; a message comes back when it is visible again.
        foreach (var flow in ended.Where(f => f.Message is null))
            flow.Ended(new IOException("The host has died."));
    }

    /// <summary>A host that died comes up again, and remembers nothing.</summary>
    public void Restart(int index)
    {
        Happens($"{hosts[index].Name} comes up again");
        dead.Add(hosts[index]);
        hosts[index] = NewHost(index);
    }

    /// <summary>Time passes until something is due: a message's visibility, a timer of a function that runs.</summary>
    /// <returns>False when nothing does.</returns>
    public bool PassToNextDue()
    {
        var next = HostFunctions
            .Queues.Select(q => Storage.QueueOf(q).NextVisibleAt())
            .Append(Flows.Count > 0 ? Time.NextDue() : null)
            .Min();
        if (next is not { } moment)
            return false;
        AdvanceTo(moment);
        return true;
    }

    /// <summary>Time passes; the leases of running functions are renewed meanwhile.</summary>
    public void AdvanceTo(DateTimeOffset moment)
    {
        while (Time.Now < moment)
        {
            var next = flows.Count > 0 && Time.Now + RenewEvery < moment ? Time.Now + RenewEvery : moment;
            Time.AdvanceTo(next);
            Run();
            foreach (var flow in flows.Where(f => f.Message is not null))
                Listener.Renew(flow);
        }
    }

    public void Happens(string what, object? about = null)
    {
        Step++;
        // No two things happen at the same moment.
        Time.AdvanceTo(Time.Now.AddTicks(1 + random.Next(200_000)));
        Record.Note(what, about);
    }

    public void Dispose()
    {
        foreach (var host in hosts.Concat(dead))
            host.Dispose();
    }

    /// <summary>Runs the hosts' code until all of it waits, and ends what has ended.</summary>
    private void Run()
    {
        while (true)
        {
            scheduler.RunUntilIdle();
            if (flows.FirstOrDefault(f => f.Task.IsCompleted) is not { } flow)
                return;
            flows.Remove(flow);
            var failure = flow.Task.IsCanceled ? new TaskCanceledException(flow.Task) : flow.Task.Exception?.InnerException;
            Record.Note($"{flow} ends {failure?.GetType().Name}", failure?.Message);
            if (failure is not null)
                Record.Count($"functions ended by {failure.GetType().Name}");
            Judge(flow, failure);
            flow.Ended(failure);
        }
    }

    // What no fault of storage explains is a bug.
    private void Judge(Flow flow, Exception? failure)
    {
        if (
            failure
            is NullReferenceException
                or ArgumentException
                or KeyNotFoundException
                or IndexOutOfRangeException
                or InvalidOperationException
                or NotSupportedException
                or FormatException
        )
            Record.Violate("No function fails but by storage", $"{flow}: {failure}");
        if (isCalm && failure is not null)
            Record.Violate("No function fails once storage is healthy", $"{flow}: {failure}");
    }

    private SimulatedHost NewHost(int index)
    {
        var gate = new StorageGate(scheduler, () => Settings.PageRows == 0 || isCalm ? int.MaxValue : random.Next(Settings.PageRows + 1))
        {
            IsOpen = isCalm,
        };
        return new SimulatedHost($"host{index}", Settings.Skews[index], Time, Storage, gate, settings, random.Next());
    }

    private static string FaultOf(StorageFault fault) =>
        fault switch
        {
            { Before: { } e } => $"refused {e.GetType().Name}",
            { After: { } e } => $"answer lost {e.GetType().Name}",
            { Repeats: true } => "asked twice",
            { Dies: true } => "last",
            _ => "",
        };
}
