using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Influence.Pages.Text;

/// <summary>The texts of a language, with named places for what goes into them.</summary>
/// <remarks>
/// <c>{days}</c> is a value as it is; <c>{points:0.00}</c> a number by a format; <c>{people:#,0|person|people}</c> a number with the word
/// that it needs. Numbers and days are written alike in all languages: 1,234.50 and 2026-01-31.
/// </remarks>
/// <param name="language">One of <see cref="Languages.All"/>.</param>
public sealed partial class Texts(string language)
{
    private const int Patience = 1000;
    private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(language);

    internal static ResourceManager Resources { get; } = new("Texts", typeof(Texts).Assembly);

    /// <summary>The language.</summary>
    public string Language { get; } = language;

    /// <summary>The text of a key.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public string this[string key] => Find(key) ?? throw new ArgumentException($"There is no text '{key}'.", nameof(key));

    /// <summary>The text of a key with values in its places.</summary>
    public string Of(string key, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var named = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
            named[name] = value;
        return Fill(this[key], named);
    }

    /// <summary>The text of a key; null where there is none.</summary>
    public string? Find(string key) => Resources.GetString(key, _culture);

    /// <summary>A template with values in its places.</summary>
    /// <exception cref="KeyNotFoundException">A place has no value.</exception>
    internal static string Fill(string template, IReadOnlyDictionary<string, object> values) =>
        Place().Replace(template, m => Filled(m, values[m.Groups["name"].Value]));

    /// <summary>The names of a template's places.</summary>
    internal static IEnumerable<string> PlacesOf(string template) => Place().Matches(template).Select(m => m.Groups["name"].Value);

    private static string Filled(Match place, object value)
    {
        var format = place.Groups["format"].Success ? place.Groups["format"].Value : null;
        var written = Numbers.Written(value, format);
        if (!place.Groups["one"].Success)
            return written;
        var isOne = Convert.ToDouble(value, CultureInfo.InvariantCulture) == 1;
        return $"{written} {place.Groups[isOne ? "one" : "many"].Value}";
    }

    [GeneratedRegex(@"\{(?<name>\w+)(?::(?<format>[^}|]*))?(?:\|(?<one>[^}|]*)\|(?<many>[^}]*))?\}", RegexOptions.None, Patience)]
    private static partial Regex Place();
}
