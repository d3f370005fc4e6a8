namespace Influence.Simulation.Schedules;

/// <summary>
/// What follows a schedule, until nothing moves any more. Faults stop, hosts come up, what waits is delivered, timers fire.
/// </summary>
internal sealed class Healing(Simulation simulation, Stimuli stimuli)
{
    // A day and more of quarters of an hour: a publication that stands still is given up after one.
    private const int MaxRounds = 150;
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(16);

    private int turn;

    public void Run()
    {
        for (var i = 0; i < simulation.Hosts.Count; i++)
            if (!simulation.Hosts[i].IsAlive)
                simulation.Restart(i);
        stimuli.Mend();
        simulation.Calm();
        foreach (var flow in simulation.Flows)
            flow.HeldUntil = 0;
        Drain();
        for (var round = 0; round < MaxRounds && IsAnyRunning(); round++)
        {
            simulation.AdvanceTo(simulation.Time.Now + Round);
            stimuli.Fire("watch", HostFunctions.FireWatchAsync);
            Drain();
        }

        SendDeadFactsAgain();
        Drain();
    }

    /// <summary>Delivers all there is, now or later.</summary>
    public void Drain()
    {
        while (Deliver() || stimuli.PostAgain() || simulation.PassToNextDue()) { }
    }

    private bool Deliver()
    {
        if (simulation.Listener.Visible() is not [var (queue, id), ..])
            return false;
        var host = simulation.Hosts[turn++ % simulation.Hosts.Count];
        simulation.Listener.Deliver(host, queue, id, default);
        return true;
    }

    private bool IsAnyRunning()
    {
        var isRunning = false;
        simulation.Complete(async () =>
            isRunning = (await StoredPublications.AllAsync(simulation.Hosts[0].Services)).Any(p => p.Status == PublicationStatus.Running)
        );
        return isRunning;
    }

    // What an operator does with dead letters once the cause is gone.
    private void SendDeadFactsAgain()
    {
        // By what they say: letters lie in the order of ids, which are others in every run of a seed.
        var letters = StoredLetters.Of(simulation.Storage).Where(l => l.Queue == QueueNames.Interactions).Select(l => l.Body);
        foreach (var text in letters.OrderBy(l => l[l.IndexOf("receivedAt", StringComparison.Ordinal)..], StringComparer.Ordinal))
            simulation.Storage.QueueOf(QueueNames.Interactions).Send(text, null, TimeSpan.FromSeconds(-1));
    }
}
