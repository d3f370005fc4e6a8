namespace Influence.Pages;

/// <summary>A page's links and texts.</summary>
/// <param name="context">What the request and the deployment say.</param>
public sealed class Site(PageContext context)
{
    private const string LanguageField = "lang";

    /// <summary>What the request and the deployment say.</summary>
    public PageContext Context { get; } = context;

    /// <summary>The page's texts.</summary>
    public Texts Texts { get; } = new(context.Language);

    /// <summary>The language that the address names, which links keep; null where it names none.</summary>
    public string? KeptLanguage { get; } = HasLanguage(context.Path) ? context.Language : null;

    /// <summary>This page's path without its language.</summary>
    public string PlainPath { get; } = Without(context.Path, LanguageField);

    /// <summary>A link to a page of the site.</summary>
    /// <param name="path">Its path and query below the base path.</param>
    public string Link(string path) => Context.BasePath + (KeptLanguage is { } language ? With(path, language) : path);

    /// <summary>A link to what has no language: files and the API.</summary>
    /// <param name="path">Its path below the base path.</param>
    public string File(string path) => Context.BasePath + path;

    /// <summary>An absolute address.</summary>
    /// <param name="path">Its path and query below the base path.</param>
    public string Absolute(string path) => Context.PublicRoot + path;

    /// <summary>A page in a language, whichever the address names.</summary>
    /// <param name="path">Its path and query below the base path.</param>
    /// <param name="language">One of <see cref="Languages.All"/>.</param>
    public static string InLanguage(string path, string language) => With(path, language);

    private static string With(string path, string language)
    {
        var plain = Without(path, LanguageField);
        return $"{plain}{(plain.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{LanguageField}={language}";
    }

    private static bool HasLanguage(string path) => Without(path, LanguageField).Length != path.Length;

    private static string Without(string path, string field)
    {
        var at = path.IndexOf('?', StringComparison.Ordinal);
        if (at < 0)
            return path;
        var kept = path[(at + 1)..]
            .Split('&')
            .Where(p => p.Length > 0 && p != field && !p.StartsWith(field + "=", StringComparison.Ordinal));
        var query = string.Join('&', kept);
        return query.Length == 0 ? path[..at] : $"{path[..at]}?{query}";
    }
}
