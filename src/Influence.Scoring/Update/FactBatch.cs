namespace Influence.Scoring.Update;

/// <summary>A batch of facts by kind: those that the rules admit, with keys, and an outcome for each.</summary>
internal sealed class FactBatch(int size)
{
    public FactOutcome[] Outcomes { get; } = new FactOutcome[size];

    public List<KeyedFact<Undo>> Undos { get; } = [];

    public List<KeyedFact<Interaction>> Interactions { get; } = new(size);

    /// <summary>Interactions of an import that are too old for the ledger.</summary>
    public List<KeyedFact<Interaction>> Old { get; } = [];

    /// <summary>Interactions that name somebody, with their actors' keys; null for none, as in most batches.</summary>
    public List<(ulong Actor, Interaction Fact)>? Named { get; private set; }

    /// <summary>Whether its interactions are lines of an import.</summary>
    public bool IsImport { get; private init; }

    public List<KeyedFact<MetricReport>> Metrics { get; } = [];

    public bool HasNews { get; private set; }

    public static FactBatch Admit(AccountState state, IReadOnlyList<Fact> facts, long now, bool isImport)
    {
        var batch = new FactBatch(facts.Count) { IsImport = isImport };
        for (var i = 0; i < facts.Count; i++)
        {
            if (Refuse(state, facts[i], now, isImport) is { } refusal)
                batch.Outcomes[i] = new FactOutcome(FactEffect.Refused, refusal);
            else
                batch.Add(i, Arrived(facts[i], now), state, now);
        }

        return batch;
    }

    public void Mark(int index, FactEffect effect)
    {
        Outcomes[index] = new FactOutcome(effect);
        HasNews |= effect == FactEffect.New;
    }

    // A clock that is ahead must not make its count the latest for minutes to come.
    private static Fact Arrived(Fact fact, long now) =>
        fact is MetricReport { Counts: null } gauge && gauge.At > now ? gauge with { At = now } : fact;

    private static FactRefusal? Refuse(AccountState state, Fact fact, long now, bool isImport)
    {
        if (FactRules.Refuse(fact, state.Policy, now, isImport) is { } refusal)
            return refusal;
        var field = fact is MetricReport ? "account" : "target";
        if (fact.About != state.Account)
            return new FactRefusal(RefusalCode.WrongAccount, field, $"is not '{state.Account}'");
        return !IsOld(fact, state.Policy, now) && IsForgotten(fact, state.Ledger)
            ? new FactRefusal(RefusalCode.TooOld, "at", "is of a day whose facts are forgotten")
            : null;
    }

    // It was in time when it was accepted, but waited so long that nobody knows any more whether it was counted or taken back. A gauge
    // needs no ledger.
    private static bool IsForgotten(Fact fact, Ledger ledger) =>
        fact is Interaction or MetricReport { Counts: not null } && Ledger.DayOf(fact.At) < ledger.Since;

    private static bool IsOld(Fact fact, ScoringPolicy policy, long now) => fact.At < now - policy.FactWindow;

    private void Add(int index, Fact fact, AccountState state, long now)
    {
        var keys = state.Keys;
        switch (fact)
        {
            case Interaction i:
                var interactions = IsOld(i, state.Policy, now) ? Old : Interactions;
                var by = keys.KeyOf(i.Actor);
                interactions.Add(new(index, by, keys.KeyOf(i), i));
                if (i.IsNamed)
                    (Named ??= []).Add((by, i));
                break;
            case Undo { Original: var original } u:
                var actor = keys.KeyOf(original.Actor);
                Undos.Add(new(index, actor, original.Id is null ? keys.KeyOf(actor, keys.ContentOf(original)) : keys.KeyOf(original), u));
                break;
            case MetricReport m:
                Metrics.Add(new(index, 0, keys.KeyOf(m), m));
                break;
        }
    }
}

/// <summary>An admitted fact with its keys. For a metric the actor is 0; an undo without an id has that of actor and content.</summary>
internal readonly record struct KeyedFact<T>(int Index, ulong Actor, ulong Id, T Fact)
    where T : Fact
{
    public long At => Fact.At;

    public int Day { get; } = Ledger.DayOf(Fact.At);
}
