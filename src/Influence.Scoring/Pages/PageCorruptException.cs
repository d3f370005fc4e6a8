namespace Influence.Scoring.Pages;

/// <summary>Bytes that are not what was packed: truncated, flipped, of another account, or of a layout newer than this program.</summary>
public sealed class PageCorruptException(string what, string why) : PageException($"The {what} cannot be read: {why}.");
