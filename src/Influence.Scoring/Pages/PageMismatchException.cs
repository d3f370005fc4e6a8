namespace Influence.Scoring.Pages;

/// <summary>A loaded page does not fit its state: somebody wrote between the two reads. Read both again.</summary>
public sealed class PageMismatchException(ulong start) : PageException($"The page from {start:x16} is of another moment than its state.");
