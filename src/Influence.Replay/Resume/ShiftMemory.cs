namespace Influence.Replay.Resume;

/// <summary>Remembers beyond a run's end how logs were moved. So the same log sent again, in whatever batches, is the same facts.</summary>
internal sealed class ShiftMemory(Folder folder)
{
    private const string FileName = "shifts.json";

    /// <summary>How the log was moved last; null when it is new.</summary>
    public long? Find(IFactSource source, ReplayOptions options) =>
        All().TryGetValue(RunKey.LogKey(source, options), out var shift) ? shift : null;

    /// <summary>Remembers a shift.</summary>
    public void Keep(IFactSource source, ReplayOptions options, long shift)
    {
        var all = All();
        all[RunKey.LogKey(source, options)] = shift;
        folder.Write(FileName, all, ReplayJson.Default.DictionaryStringInt64);
    }

    private Dictionary<string, long> All() => folder.Read(FileName, ReplayJson.Default.DictionaryStringInt64) ?? [];
}
