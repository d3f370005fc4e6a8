using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using System.Text;
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

    // By template: as many as there are texts.
    private static readonly ConcurrentDictionary<string, (TextPlace[] Places, string End)> Parsed = new(StringComparer.Ordinal);

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
    internal static string Fill(string template, IReadOnlyDictionary<string, object> values)
    {
        var (places, end) = Parsed.GetOrAdd(template, Parse);
        var text = new StringBuilder(template.Length);
        foreach (var place in places)
        {
            var value = values[place.Name];
            text.Append(place.Before).Append(Numbers.Written(value, place.Format));
            if (place.One is not null)
                text.Append(' ').Append(Convert.ToDouble(value, CultureInfo.InvariantCulture) == 1 ? place.One : place.Many);
        }

        return text.Append(end).ToString();
    }

    /// <summary>The names of a template's places.</summary>
    internal static IEnumerable<string> PlacesOf(string template) => PartsOf(template).Select(p => p.Name);

    /// <summary>A template's places.</summary>
    internal static IEnumerable<TextPlace> PartsOf(string template) => Parsed.GetOrAdd(template, Parse).Places;

    private static (TextPlace[] Places, string End) Parse(string template)
    {
        var (places, at) = (new List<TextPlace>(), 0);
        foreach (Match match in Place().Matches(template))
        {
            string? Part(string name) => match.Groups[name] is { Success: true, Value: var value } ? value : null;
            places.Add(new(template[at..match.Index], Part("name")!, Part("format"), Part("one"), Part("many")));
            at = match.Index + match.Length;
        }

        return ([.. places], template[at..]);
    }

    [GeneratedRegex(@"\{(?<name>\w+)(?::(?<format>[^}|]*))?(?:\|(?<one>[^}|]*)\|(?<many>[^}]*))?\}", RegexOptions.None, Patience)]
    private static partial Regex Place();
}

/// <summary>A place of a text.</summary>
/// <param name="Before">What stands before it, from the place before.</param>
/// <param name="Name">What goes there.</param>
/// <param name="Format">How it is written; null for as it is.</param>
/// <param name="One">The word behind a number that is 1; null for none.</param>
/// <param name="Many">The word behind any other number.</param>
internal sealed record TextPlace(string Before, string Name, string? Format, string? One, string? Many);
