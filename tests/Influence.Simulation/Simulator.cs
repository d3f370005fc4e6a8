namespace Influence.Simulation;

/// <summary>An invariant that did not hold.</summary>
/// <param name="Invariant">Which.</param>
/// <param name="How">What was found instead.</param>
public sealed record Violation(string Invariant, string How);

/// <summary>What came of one schedule.</summary>
/// <param name="Seed">The seed that gives the same schedule again.</param>
/// <param name="Steps">How many things happened in it.</param>
/// <param name="Hash">A hash over all of them: two runs of a seed have the same.</param>
/// <param name="Violations">The invariants that did not hold.</param>
/// <param name="Counts">How often what happened, such as publications by the state they ended in.</param>
/// <param name="Trace">What happened, where that was asked for.</param>
public sealed record SimulationResult(
    int Seed,
    int Steps,
    ulong Hash,
    IReadOnlyList<Violation> Violations,
    IReadOnlyDictionary<string, int> Counts,
    IReadOnlyList<string> Trace
);

/// <summary>
/// Deterministic simulation: the real pipeline under a random schedule. Deliveries, crashes, faults and timers are all drawn from one seed.
/// </summary>
public static class Simulator
{
    /// <summary>Runs the schedule of a seed, lets it heal, and checks the invariants.</summary>
    /// <param name="seed">Which schedule.</param>
    /// <param name="traces">Whether to keep a line for everything that happens.</param>
    public static SimulationResult Run(int seed, bool traces = false)
    {
        var random = new Random(seed);
        var record = new ScheduleRecord(traces);
        using var simulation = new Schedules.Simulation(ScheduleSettings.Draw(random), random, record);
        try
        {
            var stimuli = new Stimuli(simulation, random);
            new Schedule(simulation, stimuli, random).Run();
            var healing = new Healing(simulation, stimuli);
            healing.Run();
            Check(simulation, stimuli, healing);
        }
        catch (Exception e)
        {
            record.Violate("The simulation goes on", $"{e}");
        }

        return new SimulationResult(seed, simulation.Step, record.Hash, record.Violations, record.Counts, record.Trace);
    }

    private static void Check(Schedules.Simulation simulation, Stimuli stimuli, Healing healing)
    {
        var record = simulation.Record;
        simulation.Complete(async () =>
        {
            var publications = await StoredPublications.AllAsync(simulation.Hosts[0].Services);
            DeadLetterInvariants.Check(record, simulation.Storage, publications);
            await PublicationInvariants.CheckAsync(record, simulation.Hosts[0].Services);
        });
        // With everything healthy the boards of today come out, and right.
        var last = stimuli.Request(null)!;
        healing.Drain();
        simulation.Complete(() => CheckLastAsync(simulation, last));
    }

    private static async Task CheckLastAsync(Schedules.Simulation simulation, BoardRequest last)
    {
        var stored = await StoredPublications.AllAsync(simulation.Hosts[0].Services);
        var published = stored.FirstOrDefault(p => p.Id == last.Publications.SingleOrDefault()?.Id);
        if (published?.Status != PublicationStatus.Published)
            simulation.Record.Violate("A last publication comes out", $"{published}");
        else
            await FactInvariants.CheckAsync(simulation.Record, simulation.Hosts[0].Services, published);
    }
}
