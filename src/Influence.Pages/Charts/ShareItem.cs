namespace Influence.Pages.Charts;

/// <summary>A part of a whole.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Share">How much of the whole, 0–1.</param>
/// <param name="Shown">The same as it is written.</param>
/// <param name="IsForeign">Whether the label came from outside.</param>
public sealed record ShareItem(string Label, double Share, string Shown, bool IsForeign);
