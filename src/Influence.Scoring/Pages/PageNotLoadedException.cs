namespace Influence.Scoring.Pages;

/// <summary>
/// A state was asked to do what needs a page that is still in storage: load it (<see cref="PageNeeds.Of"/>) and ask again.
/// </summary>
public sealed class PageNotLoadedException(string page) : PageException($"The page '{page}' is not loaded.");
