namespace Influence.Scoring.Pages;

/// <summary>One change to a set of pages: put a record in the place its key gives it, or take that one out.</summary>
internal readonly record struct PageEdit<T>(T Record, bool Remove)
    where T : struct, IRecord<T>
{
    public static PageEdit<T> Put(T record) => new(record, false);

    public static PageEdit<T> Take(T record) => new(record, true);
}
