namespace Influence.Replay.Readers;

/// <summary>Where facts come from; it can be read as often as needed and gives the same facts each time.</summary>
internal interface IFactSource
{
    /// <summary>For people.</summary>
    string Name { get; }

    /// <summary>Names the facts: the same key, the same facts.</summary>
    string Key { get; }

    /// <summary>Whether its moments are made up, and so always moved to now.</summary>
    bool IsMadeUp { get; }

    /// <summary>The facts, oldest first where the source is a log.</summary>
    IEnumerable<FactLine> Read(ReadTally tally);
}
