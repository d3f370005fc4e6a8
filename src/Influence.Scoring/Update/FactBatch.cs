namespace Influence.Scoring.Update;

/// <summary>A batch of facts by kind: those that the rules admit, with keys, and an outcome for each.</summary>
internal sealed class FactBatch(int size)
{
    public FactOutcome[] Outcomes { get; } = new FactOutcome[size];

    public List<KeyedFact<Undo>> Undos { get; } = [];

    public List<KeyedFact<Interaction>> Interactions { get; } = new(size);

    public List<KeyedFact<MetricReport>> Metrics { get; } = [];

    public bool HasNews { get; private set; }

    public static FactBatch Admit(AccountState state, IReadOnlyList<Fact> facts, long now)
    {
        var batch = new FactBatch(facts.Count);
        for (var i = 0; i < facts.Count; i++)
        {
            if (Refuse(state, facts[i], now) is { } refusal)
                batch.Outcomes[i] = new FactOutcome(FactEffect.Refused, refusal);
            else
                batch.Add(i, facts[i], state.Keys);
        }

        return batch;
    }

    public void Mark(int index, FactEffect effect)
    {
        Outcomes[index] = new FactOutcome(effect);
        HasNews |= effect == FactEffect.New;
    }

    private static FactRefusal? Refuse(AccountState state, Fact fact, long now)
    {
        if (FactRules.Refuse(fact, state.Policy, now) is { } refusal)
            return refusal;
        var field = fact is MetricReport ? "account" : "target";
        if (fact.About != state.Account)
            return new FactRefusal(RefusalCode.WrongAccount, field, $"is not '{state.Account}'");
        return IsForgotten(fact, state.Ledger) ? new FactRefusal(RefusalCode.TooOld, "at", "is of a day whose facts are forgotten") : null;
    }

    // It was in time when it was accepted, but waited so long that nobody knows any more whether it was counted or taken back. A gauge
    // needs no ledger.
    private static bool IsForgotten(Fact fact, Ledger ledger) =>
        fact is Interaction or MetricReport { Counts: not null } && Ledger.DayOf(fact.At) < ledger.Since;

    private void Add(int index, Fact fact, KeyHasher keys)
    {
        switch (fact)
        {
            case Interaction i:
                Interactions.Add(new(index, keys.KeyOf(i.Actor), keys.KeyOf(i), i));
                break;
            case Undo u:
                Undos.Add(new(index, keys.KeyOf(u.Original.Actor), keys.KeyOf(u.Original), u));
                break;
            case MetricReport m:
                Metrics.Add(new(index, 0, keys.KeyOf(m), m));
                break;
        }
    }
}

/// <summary>An admitted fact with its keys. For a metric the actor is 0.</summary>
internal readonly record struct KeyedFact<T>(int Index, ulong Actor, ulong Id, T Fact)
    where T : Fact
{
    public long At => Fact.At;

    public int Day { get; } = Ledger.DayOf(Fact.At);
}
