namespace Influence.Pages;

/// <summary>What every page needs to know of the request and the deployment.</summary>
/// <param name="BasePath">What every link on the site begins with: empty or like <c>/influence</c>, no slash at its end.</param>
/// <param name="PublicRoot">The site's own absolute address with that prefix, for canonical, Open Graph and oEmbed links.</param>
/// <param name="Path">Path and query of this page below <paramref name="BasePath"/>, beginning with a slash.</param>
/// <param name="Language">One of <see cref="Languages.All"/>.</param>
public sealed record PageContext(string BasePath, string PublicRoot, string Path, string Language);
