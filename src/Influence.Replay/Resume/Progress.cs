namespace Influence.Replay.Resume;

/// <summary>Which batches are acknowledged, in memory and in the state file.</summary>
internal sealed class Progress
{
    // A file per acknowledgement would cost more than the requests; what a kill loses within this is sent again and counts once.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock turn = new();
    private readonly Folder folder;
    private readonly string file;
    private readonly TimeProvider clock;
    private readonly SortedSet<int> beyond;
    private readonly Dictionary<string, Refusals> refused;
    private RunState state;
    private long? savedAt;

    private Progress(Folder folder, string file, RunState state, bool isResumed, TimeProvider clock)
    {
        (this.folder, this.file, this.state, IsResumed, this.clock) = (folder, file, state, isResumed, clock);
        beyond = [.. state.Beyond];
        refused = new(state.Refused);
    }

    /// <summary>Whether an earlier run left off here.</summary>
    public bool IsResumed { get; }

    /// <summary>Seconds added to every moment.</summary>
    public long Shift => state.Shift;

    /// <summary>Facts in acknowledged batches, earlier runs included.</summary>
    public long Facts => Locked(() => state.Facts);

    /// <summary>Facts accepted.</summary>
    public long Accepted => Locked(() => state.Accepted);

    /// <summary>Facts accepted that are older than 90 days, of an import.</summary>
    public long Old => Locked(() => state.Old);

    /// <summary>Acknowledged batches.</summary>
    public int Batches => Locked(() => state.Through + beyond.Count);

    /// <summary>Facts refused, by code.</summary>
    public IReadOnlyDictionary<string, Refusals> Refused => Locked(() => new Dictionary<string, Refusals>(refused));

    /// <summary>Goes on where the state file says, or begins.</summary>
    /// <param name="folder">Where it is kept.</param>
    /// <param name="file">Its name.</param>
    /// <param name="begin">The state of a run that begins.</param>
    /// <param name="clock">Measures how old the file is.</param>
    public static Progress Open(Folder folder, string file, Func<RunState> begin, TimeProvider clock)
    {
        if (folder.Read(file, ReplayJson.Default.RunState) is { } state)
            return new Progress(folder, file, state, isResumed: true, clock);
        var progress = new Progress(folder, file, begin(), isResumed: false, clock);
        // Before the first request: whatever is sent is sent with a shift that is remembered.
        progress.Save();
        return progress;
    }

    /// <summary>Whether a batch is acknowledged.</summary>
    public bool Has(int batch) => Locked(() => batch < state.Through || beyond.Contains(batch));

    /// <summary>Notes an answer.</summary>
    public void Acknowledge(Batch batch, TakenBatch answer)
    {
        lock (turn)
        {
            beyond.Add(batch.Number);
            var through = state.Through;
            while (beyond.Remove(through))
                through++;
            foreach (var item in answer.Rejected ?? [])
                refused[item.Code] = refused.TryGetValue(item.Code, out var r)
                    ? r with
                    {
                        Count = r.Count + 1,
                    }
                    : new Refusals(1, item.Message);
            state = state with
            {
                Through = through,
                Facts = state.Facts + batch.Facts,
                Accepted = state.Accepted + answer.Accepted,
                Old = state.Old + (answer.Old ?? 0),
            };
            if (savedAt is not { } last || clock.GetElapsedTime(last) >= Pause)
                Save();
        }
    }

    /// <summary>Brings the file up to date.</summary>
    public void Save()
    {
        lock (turn)
        {
            folder.Write(file, state with { Beyond = [.. beyond], Refused = refused }, ReplayJson.Default.RunState);
            savedAt = clock.GetTimestamp();
        }
    }

    /// <summary>The run is complete: the same command again begins anew.</summary>
    public void Finish() => folder.Delete(file);

    private T Locked<T>(Func<T> read)
    {
        lock (turn)
            return read();
    }
}
