namespace Influence.Scoring.Pages;

/// <summary>Stored bytes that cannot be used as a state. The storage or its caller is at fault; nothing was changed.</summary>
public abstract class PageException(string message) : Exception(message);
