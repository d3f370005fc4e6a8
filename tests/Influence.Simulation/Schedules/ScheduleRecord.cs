namespace Influence.Simulation.Schedules;

/// <summary>A publication that was asked for, as who asked saw it.</summary>
/// <param name="Order">The step of the schedule at which asking began.</param>
/// <param name="Asked">What was asked for: a day, or null for today; by a timer the day that had ended.</param>
/// <param name="Timer">Whether a timer asked.</param>
/// <param name="Known">The accounts as they were stored then.</param>
internal sealed record BoardRequest(int Order, DateOnly? Asked, bool Timer, KnownAccounts Known)
{
    /// <summary>The step at which the answer came; null while there is none.</summary>
    public int? Answered { get; set; }

    /// <summary>What was asked for as of the answer: the next day may have ended meanwhile.</summary>
    public DateOnly? AskedLast { get; set; }

    /// <summary>What was answered.</summary>
    public IReadOnlyList<Publication> Publications { get; set; } = [];
}

/// <summary>A message that failed for good.</summary>
internal sealed record PoisonedMessage(string Queue, string Text)
{
    /// <summary>Whether the function that keeps dead letters has ended with it.</summary>
    public bool IsTaken { get; set; }
}

/// <summary>What happened in a schedule, as far as the invariants need it.</summary>
internal sealed class ScheduleRecord(bool traces)
{
    private readonly List<string> trace = [];

    /// <summary>Facts that were accepted, with repetitions.</summary>
    public List<Fact> Accepted { get; } = [];

    /// <summary>Accounts that could not be read for a while: boards of that time may have left them out.</summary>
    public HashSet<AccountId> Damaged { get; } = [];

    public List<BoardRequest> Requests { get; } = [];

    public List<PoisonedMessage> Poisoned { get; } = [];

    /// <summary>Every dead letter that was seen, by its address.</summary>
    public Dictionary<string, string> Letters { get; } = [];

    public List<Violation> Violations { get; } = [];

    public IReadOnlyList<string> Trace => trace;

    /// <summary>A hash over all that happened, to tell whether two runs of a seed are the same.</summary>
    public ulong Hash { get; private set; } = 14695981039346656037;

    /// <summary>How often what happened: tells whether schedules reach what they are to test.</summary>
    public Dictionary<string, int> Counts { get; } = [];

    public void Count(string what) => Counts[what] = Counts.GetValueOrDefault(what) + 1;

    public void Violate(string invariant, string how) => Violations.Add(new Violation(invariant, how));

    public void Note(string what, object? about = null)
    {
        foreach (var c in what)
            Hash = (Hash ^ c) * 1099511628211;
        if (traces)
            trace.Add($"{what} {about}");
    }
}
