namespace Influence.Scoring.Explain;

/// <summary>A plain sentence about a score, with its numbers: clients can say it in other languages.</summary>
/// <param name="About">
/// What it is about: <c>score</c>, <c>coverage</c>, <c>reach</c>, <c>depth</c>, <c>voice</c>, <c>audience</c>, <c>change</c>, <c>style</c>
/// or <c>makeup</c>.
/// </param>
/// <param name="Code">Names the sentence, whatever its numbers: <c>reach_recent</c>.</param>
/// <param name="Text">The sentence in English.</param>
/// <param name="Numbers">The numbers in it, by name.</param>
public sealed record Sentence(string About, string Code, string Text, IReadOnlyDictionary<string, double> Numbers)
{
    internal static Sentence Of(string about, string code, string text, params (string Name, double Value)[] numbers) =>
        new(about, code, text, numbers.ToDictionary(n => n.Name, n => n.Value, StringComparer.Ordinal));
}
