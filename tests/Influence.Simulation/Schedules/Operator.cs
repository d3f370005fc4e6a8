namespace Influence.Simulation.Schedules;

/// <summary>An operator whose publication failed asks for another, and hours later fires the daily timer.</summary>
internal sealed class Operator(Simulation simulation, Stimuli stimuli, Random random)
{
    private int failuresSeen;

    // Who meets damage that stays gives up.
    private int remediesLeft = 3;
    private Remedies remedy;

    /// <summary>Goes one step on with mending what failed.</summary>
    /// <returns>False when there is nothing to do.</returns>
    public bool Act()
    {
        switch (remedy)
        {
            case Remedies.None:
                var failures = simulation.Record.Poisoned.Count(p => p.IsTaken && p.Queue == QueueNames.Shards);
                if (failures == failuresSeen || remediesLeft == 0)
                    return false;
                (failuresSeen, remedy) = (failures, Remedies.Asked);
                remediesLeft--;
                if (random.Next(4) > 0)
                    stimuli.Request(null);
                break;
            case Remedies.Asked:
                remedy = Remedies.Retained;
                stimuli.PassTo(simulation.Time.Now + TimeSpan.FromHours(2 + random.Next(4)));
                stimuli.Fire("retention", HostFunctions.FireRetentionAsync);
                break;
            default:
                remedy = Remedies.None;
                stimuli.FireDaily(stimuli.AnyHost());
                break;
        }

        return true;
    }

    // How far the mending is.
    private enum Remedies
    {
        None,
        Asked,
        Retained,
    }
}
