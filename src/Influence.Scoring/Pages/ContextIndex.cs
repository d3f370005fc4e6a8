using System.Collections.Immutable;

namespace Influence.Scoring.Pages;

/// <summary>The contexts of a page being written, each once; index 0 is <see cref="FactContext.None"/>.</summary>
internal struct ContextIndex(ImmutableArray<FactContext> start)
{
    private ImmutableArray<FactContext>.Builder? added;
    private Dictionary<FactContext, ushort>? indexes;

    public ushort IndexOf(FactContext context)
    {
        if (ReferenceEquals(context, FactContext.None))
            return 0;
        if (indexes is null)
        {
            added = start.ToBuilder();
            indexes = [];
            foreach (var known in start)
                indexes.TryAdd(known, (ushort)(indexes.Count + 1));
        }

        if (indexes.TryGetValue(context, out var index))
            return index;
        added!.Add(context);
        indexes[context] = (ushort)added.Count;
        return (ushort)added.Count;
    }

    public readonly ImmutableArray<FactContext> ToImmutable() => added?.ToImmutable() ?? start;
}
