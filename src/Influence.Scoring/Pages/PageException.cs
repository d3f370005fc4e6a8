namespace Influence.Scoring.Pages;

/// <summary>Stored bytes that cannot be used as a state. The storage or its caller is at fault; nothing was changed.</summary>
public abstract class PageException(string message) : Exception(message);

/// <summary>Bytes that are not what was packed.</summary>
/// <remarks>Truncated, flipped, of another account, or of a layout newer than this program.</remarks>
public sealed class PageCorruptException(string what, string why) : PageException($"The {what} cannot be read: {why}.");

/// <summary>A loaded page does not fit its state: somebody wrote between the two reads. Read both again.</summary>
public sealed class PageMismatchException(ulong start) : PageException($"The page from {start:x16} is of another moment than its state.");

/// <summary>
/// A state was asked to do what needs a page that is still in storage: load it (<see cref="PageNeeds.Of"/>) and ask again.
/// </summary>
public sealed class PageNotLoadedException(string page) : PageException($"The page '{page}' is not loaded.");
