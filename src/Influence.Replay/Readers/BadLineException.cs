namespace Influence.Replay.Readers;

/// <summary>A line that cannot be read, by file, line and the rule it breaks.</summary>
internal sealed class BadLineException(string file, int line, string rule) : ReplayFailedException($"{file}, line {line}: {rule}.");
