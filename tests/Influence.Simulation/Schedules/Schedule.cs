using System.Net.Sockets;
using Azure;
using Azure.Data.Tables.Models;

namespace Influence.Simulation.Schedules;

/// <summary>
/// Decides by a seed what happens next.
/// A storage call goes on or fails, a message is delivered, a host dies, a timer fires, time passes.
/// </summary>
internal sealed class Schedule(Simulation simulation, Stimuli stimuli, Random random)
{
    // Far more than a schedule needs: what does not come to rest is a fault.
    private const int MaxSteps = 100_000;
    private static readonly string[] Resources = ["Accounts", "Leaderboards", "Settlements", "DeadLetters", "interactions", "shards"];

    // Messages that fail at every attempt, whichever copy it is, as by a fault of ours in that step.
    private readonly HashSet<string> doomed = [];
    private readonly Operator someone = new(simulation, stimuli, random);
    private int eventsLeft = simulation.Settings.Events;
    private int outageUntil;
    private string? outageOf;
    private bool outageIsFinal;

    /// <summary>Runs until nothing more happens from outside and all that was begun has ended or waits for time.</summary>
    public void Run()
    {
        while (simulation.Step < MaxSteps)
        {
            var pending = simulation.Pending();
            // What happens from outside comes at any time, but mostly when the hosts have little to do.
            if (eventsLeft > 0 && random.Next(pending.Count == 0 ? 3 : 60) == 0)
                Stimulate();
            else if (pending.Count > 0 && random.Next(4) > 0)
                Open(pending[random.Next(pending.Count)]);
            else if (!Deliver() && !GoOn(pending) && !stimuli.PostAgain() && !Remedy() && !PassTime())
                return;
        }

        simulation.Record.Violate("Every schedule comes to rest", $"not in {MaxSteps} steps");
    }

    private void Stimulate()
    {
        eventsLeft--;
        stimuli.Next();
        if (simulation.Settings.Faults == 0 || random.Next(10) > 0)
            return;
        // Of everything, or long enough of one table or queue that messages fail for good.
        outageOf = random.Next(3) == 0 ? null : Resources[random.Next(Resources.Length)];
        // Or refused as by a fault of ours, which no later attempt mends.
        outageIsFinal = outageOf is not null && random.Next(2) == 0;
        outageUntil = simulation.Step + random.Next(outageOf is null ? 200 : 600);
    }

    private bool GoOn(List<PendingCall> pending)
    {
        if (pending.Count > 0)
        {
            Open(pending[random.Next(pending.Count)]);
            return true;
        }

        // Only what is held up is left.
        if (simulation.Flows.Where(f => f.HeldUntil > simulation.Step).MinBy(f => f.HeldUntil) is not { } held)
            return false;
        if (eventsLeft > 0 && random.Next(2) == 0)
            Stimulate();
        else
            held.HeldUntil = 0;
        return true;
    }

    // Before or after whatever else happens from outside.
    private bool Remedy() => (eventsLeft == 0 || random.Next(2) == 0) && someone.Act();

    // Something waits for its time: a backoff, a delayed message, one whose host died. Or something may still happen from outside.
    private bool PassTime()
    {
        if (eventsLeft > 0)
        {
            Stimulate();
            return true;
        }

        return simulation.PassToNextDue();
    }

    private void Open(PendingCall call)
    {
        if (call.Flow is not { } flow)
        {
            simulation.Open(call, StorageFault.None);
            return;
        }

        flow.Calls++;
        if (flow.Calls == flow.SlowAt)
        {
            flow.HeldUntil = simulation.Step + 20 + random.Next(400);
            simulation.Happens($"{flow} is held up at {call.Call.Operation}");
        }
        else if (flow.Calls == flow.CrashAt && random.Next(2) == 0)
            simulation.Crash(flow.Host);
        else if (flow.Calls == flow.CrashAt)
            simulation.Open(call, new StorageFault(Dies: true));
        else
            simulation.Open(call, Fault(flow, call.Call));
    }

    private StorageFault Fault(Flow flow, StorageCall call)
    {
        if (IsDoomed(flow))
            return new StorageFault(Before: StorageErrors.Of(400, "InvalidInput"));
        if (simulation.Step < outageUntil && (outageOf is null || outageOf == call.Resource))
            return new StorageFault(Before: outageIsFinal ? StorageErrors.Of(400, "InvalidInput") : Unavailable());
        if (random.NextDouble() >= simulation.Settings.Faults)
            return StorageFault.None;
        return random.Next(6) switch
        {
            0 => new StorageFault(Before: Unavailable()),
            1 => new StorageFault(After: Unavailable()),
            2 when call.Operation is "UpdateEntity" or "SubmitTransaction" => new StorageFault(
                Before: StorageErrors.Of(412, TableErrorCode.UpdateConditionNotSatisfied.ToString())
            ),
            3 or 4 => new StorageFault(Repeats: true),
            _ => new StorageFault(After: TimedOut()),
        };
    }

    private bool IsDoomed(Flow flow)
    {
        if (flow.Queue != QueueNames.Shards)
            return false;
        if (simulation.Settings.Faults > 0 && flow.Calls == 1 && random.Next(60) == 0)
            doomed.Add(flow.Message!.MessageText);
        return doomed.Contains(flow.Message!.MessageText);
    }

    private Exception Unavailable() =>
        random.Next(4) switch
        {
            0 => StorageErrors.Of(500, "InternalError"),
            1 => StorageErrors.Of(503, "ServerBusy"),
            2 => new AggregateException("Retry failed after 3 tries.", [TimedOut(), TimedOut(), StorageErrors.Of(503, "ServerBusy")]),
            _ => TimedOut(),
        };

    private static RequestFailedException TimedOut() => new(0, "The connection was closed.", null, new SocketException());

    private bool Deliver()
    {
        var visible = simulation.Listener.Visible();
        var hosts = simulation.Hosts.Where(simulation.HasRoom).ToList();
        if (visible.Count == 0 || hosts.Count == 0)
            return Revive();
        var (queue, id) = visible[random.Next(visible.Count)];
        var settings = simulation.Settings;
        var fate = (
            Drops: settings.Crashes > 0 && random.Next(40) == 0,
            LosesLease: random.Next(30) == 0,
            SlowAt: random.NextDouble() < settings.Slow ? 1 + random.Next(25) : 0,
            CrashAt: random.NextDouble() < settings.Crashes ? 1 + random.Next(25) : 0
        );
        simulation.Listener.Deliver(hosts[random.Next(hosts.Count)], queue, id, fate);
        return true;
    }

    private bool Revive()
    {
        for (var i = 0; i < simulation.Hosts.Count; i++)
        {
            if (simulation.Hosts[i].IsAlive)
                continue;
            simulation.Restart(i);
            return true;
        }

        return false;
    }
}
