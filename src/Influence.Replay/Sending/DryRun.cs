using System.Buffers;
using System.Text.Json;

namespace Influence.Replay.Sending;

/// <summary>What a run would send and what the app would refuse of it, found without the app.</summary>
/// <param name="now">The clock, Unix seconds UTC.</param>
/// <param name="shift">Seconds that the run would add to every moment.</param>
/// <param name="isImport">Whether it would be an import.</param>
internal sealed class DryRun(long now, long shift, bool isImport)
{
    private readonly SortedDictionary<string, int> types = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, HashSet<string>> networks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Refusals> refused = new(StringComparer.Ordinal);
    private int accepted;
    private int old;

    /// <summary>Reads the facts and says what is in them.</summary>
    public IEnumerable<string> Of(IEnumerable<FactLine> facts, Survey survey)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var line in facts)
        {
            buffer.ResetWrittenCount();
            line.WriteTo(buffer, shift);
            using var json = JsonDocument.Parse(buffer.WrittenMemory);
            Take(FactReader.Read(json.RootElement, FactKind.Interactions));
        }

        return Lines(survey);
    }

    private void Take(ReadFact read)
    {
        if ((read.Refusal ?? FactRules.Refuse(read.Fact!, ScoringPolicy.Current, now, isImport)) is { } refusal)
        {
            refused[refusal.CodeName] = refused.TryGetValue(refusal.CodeName, out var r)
                ? r with
                {
                    Count = r.Count + 1,
                }
                : new Refusals(1, refusal.Message);
            return;
        }

        accepted++;
        old += read.Fact!.At < now - ScoringPolicy.Current.FactWindow ? 1 : 0;
        var fact = read.Fact as Interaction ?? ((Undo)read.Fact!).Original;
        var type = read.Fact is Undo ? "undo" : InteractionTypes.NameOf(fact.Type);
        types[type] = types.GetValueOrDefault(type) + 1;
        foreach (var account in new[] { fact.Actor, fact.Target ?? fact.Actor })
        {
            if (!networks.TryGetValue(account.Network, out var accounts))
                networks[account.Network] = accounts = new(StringComparer.Ordinal);
            accounts.Add(account.Value);
        }
    }

    private IEnumerable<string> Lines(Survey survey)
    {
        yield return $"Dry run: {accepted:N0} of {accepted + refused.Values.Sum(r => r.Count):N0} would be accepted. Nothing was posted.";
        yield return $"  types: {string.Join(", ", types.Select(t => $"{t.Key} {t.Value:N0}"))}";
        yield return $"  accounts by network: {string.Join(", ", networks.Select(n => $"{n.Key} {n.Value.Count:N0}"))}";
        yield return $"  days: {Range(survey, 0)}{(shift == 0 ? "" : $", moved to {Range(survey, shift)}")}";
        if (old > 0)
            yield return ImportNote.Of(old);
        foreach (var (code, refusals) in refused.OrderByDescending(r => r.Value.Count))
            yield return $"  {refusals.Count:N0} refused as {code}, such as: {refusals.Example}";
    }

    private static string Range(Survey survey, long by)
    {
        var (first, last) = (Day(survey.First + by), Day(survey.Last + by));
        return $"{first:yyyy-MM-dd} to {last:yyyy-MM-dd} ({last.DayNumber - first.DayNumber + 1:N0} days)";
    }

    private static DateOnly Day(long at) => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(at).UtcDateTime);
}
