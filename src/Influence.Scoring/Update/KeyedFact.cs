namespace Influence.Scoring.Update;

/// <summary>An admitted fact with its keys. For a metric the actor is 0.</summary>
internal readonly record struct KeyedFact<T>(int Index, ulong Actor, ulong Id, T Fact)
    where T : Fact
{
    public long At => Fact.At;

    public int Day => Ledger.DayOf(Fact.At);
}
