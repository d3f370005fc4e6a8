using System.Text.RegularExpressions;

namespace Influence.Contracts;

/// <summary>Ids in the API's paths: <c>%2F</c> in a route value is a slash, always.</summary>
/// <remarks>
/// The host decodes every escape of a path but <c>%2F</c>, and decodes <c>%252F</c> to the same text, so that a route value cannot tell the
/// two apart, and neither can the raw target that the worker sees. Hence one rule, which never has to guess and look twice: an id that
/// itself holds the text <c>%2F</c> is sent with one <c>25</c> more, <c>%252F</c>, before it is percent-encoded like any other id; an id
/// that holds <c>%252F</c> as <c>%25252F</c>, and so on.
/// </remarks>
public static partial class PathId
{
    private const int SlashLength = 3;

    /// <summary>The id that a route value stands for.</summary>
    public static string Read(string routeValue) =>
        EscapedSlash().Replace(routeValue, m => m.Length == SlashLength ? "/" : string.Concat("%", m.ValueSpan[SlashLength..]));

    /// <summary>An id as one segment of a path.</summary>
    public static string Write(string id) => Uri.EscapeDataString(EscapedSlash().Replace(id, m => string.Concat("%25", m.ValueSpan[1..])));

    [GeneratedRegex("%(?:25)*2[Ff]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EscapedSlash();
}
