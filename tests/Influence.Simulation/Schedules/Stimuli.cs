namespace Influence.Simulation.Schedules;

/// <summary>What comes from outside: facts, requests of an operator, timers, the passing of time.</summary>
internal sealed class Stimuli(Simulation simulation, Random random)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly Community community = new(simulation.Settings.Accounts, random);
    private readonly PriorityQueue<(DateTimeOffset Due, int Host), DateTimeOffset> dailies = new();
    private readonly List<Batch> unsent = [];
    private readonly Damage damage = new(simulation, random);
    private DateTimeOffset planned = simulation.Settings.Start;

    /// <summary>Nothing is broken any more.</summary>
    public void Mend() => damage.Mend();

    public void Next()
    {
        if (simulation.Settings.Damages && random.Next(6) == 0)
        {
            if (random.Next(2) == 0)
                damage.Strike();
            else
                damage.Mend();
        }

        switch (random.Next(20))
        {
            case < 7:
                Post(community.Next(simulation.Time.Now));
                break;
            case < 9:
                Request(null);
                break;
            case < 10:
                Request(Today().AddDays(-1 - random.Next(3)));
                break;
            case < 12:
                Fire("watch", HostFunctions.FireWatchAsync);
                break;
            case < 13:
                Fire("retention", HostFunctions.FireRetentionAsync);
                break;
            case < 14:
                // By hand, or by a host that thinks it missed it.
                FireDaily(AnyHost());
                break;
            case < 17:
                PassTo(simulation.Time.Now + TimeSpan.FromSeconds(1 + random.Next(1200)));
                break;
            case < 18:
                PassTo(simulation.Time.Now + TimeSpan.FromHours(1 + random.Next(8)));
                break;
            default:
                PlanDailies(simulation.Time.Now + TimeSpan.FromDays(1));
                PassTo(dailies.Count > 0 ? dailies.Peek().Due : simulation.Time.Now + TimeSpan.FromHours(1));
                break;
        }
    }

    /// <summary>Time passes up to a moment; the daily timer fires on the way, and the watch timer at the end.</summary>
    public void PassTo(DateTimeOffset moment)
    {
        var before = simulation.Time.Now;
        moment = Shortened(moment);
        PlanDailies(moment);
        while (dailies.TryPeek(out var firing, out var due) && due <= moment)
        {
            dailies.Dequeue();
            simulation.AdvanceTo(due);
            // The timer of a host that is down does not fire.
            FireDaily(simulation.Hosts[firing.Host]);
            moment = Shortened(moment);
        }

        simulation.AdvanceTo(moment);
        simulation.Happens($"{(moment - before).TotalMinutes:F0} minutes pass", simulation.Time.Now);
        if (moment - before >= TimeSpan.FromMinutes(5) && random.Next(4) > 0)
            Fire("watch", HostFunctions.FireWatchAsync);
        if (moment - before >= TimeSpan.FromHours(1) && random.Next(2) == 0)
            Fire("retention", HostFunctions.FireRetentionAsync);
    }

    // No function runs for longer: the host would have ended it.
    private DateTimeOffset Shortened(DateTimeOffset moment) =>
        simulation.Flows.Count > 0 && moment - simulation.Time.Now > Longest
            ? simulation.Time.Now + (Longest * random.NextDouble())
            : moment;

    /// <summary>The daily timer fires on a host, or is fired there by hand.</summary>
    public void FireDaily(SimulatedHost? host)
    {
        if (host is { IsAlive: true })
            Ask(EndedBefore(host), isTimer: true, host, async h => [await HostFunctions.FireDailyAsync(h.Services)]);
    }

    /// <summary>A client posts a batch; what was not accepted it sends again later.</summary>
    public void Post(Batch batch)
    {
        if (AnyHost() is not { } host)
        {
            unsent.Add(batch);
            return;
        }

        var accepted = false;
        var flow = new Flow(host, "post")
        {
            Ended = _ =>
            {
                if (!accepted)
                    unsent.Add(batch);
            },
        };
        simulation.Start(
            flow,
            async () =>
            {
                var result = await HostFunctions.PostAsync(host.Services, batch.Json, batch.Kind);
                accepted = result.Status == IngestStatus.Accepted && result.Accepted == batch.Facts.Count;
                if (accepted)
                    simulation.Record.Accepted.AddRange(batch.Facts);
            }
        );
    }

    /// <summary>Posts a batch again that was not accepted.</summary>
    /// <returns>False when there is none, or no host to take it.</returns>
    public bool PostAgain()
    {
        if (unsent.Count == 0 || AnyHost() is null)
            return false;
        var batch = unsent[0];
        unsent.RemoveAt(0);
        Post(batch);
        return true;
    }

    /// <summary>An operator asks for the boards of a day; null for today.</summary>
    public BoardRequest? Request(DateOnly? day) =>
        Ask(day, isTimer: false, AnyHost(), async host => await HostFunctions.RequestAsync(host.Services, day) is { } p ? [p] : []);

    public void Fire(string timer, Func<IServiceProvider, Task> function)
    {
        if (AnyHost() is { } host)
            simulation.Start(new Flow(host, timer) { Ended = _ => { } }, () => function(host.Services));
    }

    private BoardRequest? Ask(DateOnly? day, bool isTimer, SimulatedHost? host, Func<SimulatedHost, Task<IReadOnlyList<Publication>>> ask)
    {
        if (host is null)
            return null;
        var request = new BoardRequest(simulation.Step, day, isTimer, KnownAccounts.Of(simulation.Storage, simulation.Time.Now));
        simulation.Record.Requests.Add(request);
        var flow = new Flow(host, isTimer ? "daily" : $"request {day:O}") { Ended = _ => { } };
        simulation.Start(
            flow,
            async () =>
            {
                request.Publications = await ask(host);
                request.Answered = simulation.Step;
                request.AskedLast = isTimer ? EndedBefore(host) : day;
            }
        );
        return request;
    }

    // For each day when the timer fires, by the clock of the host that holds it: in time, some seconds off, hours late, twice or never.
    private void PlanDailies(DateTimeOffset until)
    {
        while (planned.Date <= until.Date)
        {
            var host = random.Next(simulation.Hosts.Count);
            var midnight = new DateTimeOffset(planned.Date.AddDays(1), TimeSpan.Zero);
            var late = random.Next(10) switch
            {
                0 => TimeSpan.FromSeconds(-1 - random.Next(3)),
                1 => TimeSpan.FromSeconds(random.Next(120)),
                2 => TimeSpan.FromHours(random.Next(20)),
                _ => TimeSpan.FromMilliseconds(40),
            };
            var due = midnight + simulation.Settings.Daily - simulation.Settings.Skews[host] + late;
            // Once; a lease that was lost makes it twice, a host that was down not at all.
            var times = random.Next(10);
            for (
                var left =
                    times == 0 ? 0
                    : times < 3 ? 2
                    : 1;
                left > 0;
                left--
            )
            {
                dailies.Enqueue((due, host), due);
                due += random.Next(2) == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(random.Next(10 * 3600));
            }

            planned = planned.AddDays(1);
        }
    }

    // The day that was over when the timer last was to fire, by the clock of the host that holds it: in a moment, or hours ago.
    private DateOnly EndedBefore(SimulatedHost host)
    {
        var local = simulation.Time.Now + host.Skew;
        return DateOnly.FromDateTime((local - simulation.Settings.Daily + TimeSpan.FromMinutes(1)).UtcDateTime).AddDays(-1);
    }

    public SimulatedHost? AnyHost()
    {
        var alive = simulation.Hosts.Where(h => h.IsAlive).ToList();
        return alive.Count == 0 ? null : alive[random.Next(alive.Count)];
    }

    private DateOnly Today() => DateOnly.FromDateTime(simulation.Time.Now.UtcDateTime);
}
