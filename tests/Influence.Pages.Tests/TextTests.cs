using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Influence.Pages.Tests;

/// <summary>The texts: the same in every language, and nowhere else.</summary>
public sealed partial class TextTests
{
    [Fact]
    public void Every_language_has_the_same_texts_with_the_same_places()
    {
        var (english, german) = (In(""), In("de"));

        Assert.Equal(english.Keys.Order(), german.Keys.Order());
        foreach (var (key, text) in english)
        {
            Assert.Equal(Texts.PlacesOf(text).Distinct().Order(), Texts.PlacesOf(german[key]).Distinct().Order());
            Assert.False(string.IsNullOrWhiteSpace(german[key]), key);
            // A brace that is no place would be shown.
            foreach (var written in new[] { text, german[key] })
                Assert.Equal(written.Count(c => c == '{'), Texts.PlacesOf(written).Count());
        }
    }

    [Fact]
    public void Sentences_write_their_numbers_alike_in_every_language()
    {
        var german = In("de");

        foreach (var (key, text) in In("").Where(t => t.Key.StartsWith("Say_", StringComparison.Ordinal)))
            Assert.Equal(FormatsOf(text), FormatsOf(german[key]));

        static IEnumerable<string> FormatsOf(string text) =>
            Texts.PartsOf(text).Select(p => $"{p.Name}:{p.Format}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public void No_component_holds_text_of_its_own()
    {
        foreach (var file in Components())
        {
            var markup = Markup(File.ReadAllText(file));
            Assert.True(!Literal().IsMatch(markup), $"{Path.GetFileName(file)}: {Literal().Match(markup).Value}");
            Assert.True(!LiteralLabel().IsMatch(markup), $"{Path.GetFileName(file)}: {LiteralLabel().Match(markup).Value}");
        }
    }

    [Theory]
    [InlineData("<p>Hello there</p>", true)]
    [InlineData("<p>@T(\"Key\") and more</p>", false)]
    [InlineData("<p>\n    Hello\n</p>", true)]
    [InlineData("<p>@T(\"Key\", (\"name\", Of(1)))</p>", false)]
    [InlineData("<code>x / y log</code>", false)]
    public void Text_in_markup_is_found_where_it_stands_alone(string markup, bool found) =>
        Assert.Equal(found, Literal().IsMatch(Markup(markup)));

    [Fact]
    public void Every_text_is_used_somewhere()
    {
        var source = string.Join(
            '\n',
            Components().Concat(Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)).Select(File.ReadAllText)
        );
        // Some keys are made of two parts: what is before the last underscore is then in the source.
        bool IsUsed(string key) =>
            source.Contains($"\"{key}\"", StringComparison.Ordinal)
            || Enumerable.Range(0, key.Length).Where(i => key[i] == '_').Any(i => Prefix(key[..(i + 1)]));
        bool Prefix(string start) =>
            source.Contains($"\"{start}\"", StringComparison.Ordinal) || source.Contains($"\"{start}{{", StringComparison.Ordinal);

        Assert.DoesNotContain(In("").Keys, k => !IsUsed(k));
    }

    [Fact]
    public void English_templates_say_what_the_scoring_says()
    {
        var english = In("");
        var said =
            from sentence in Samples.Sentences
            where english.ContainsKey("Say_" + sentence.Code)
            let values = sentence.Numbers.ToDictionary(n => n.Key, n => (object)n.Value)
            select (
                sentence.Text,
                Texts.Fill(
                    english["Say_" + sentence.Code],
                    new Dictionary<string, object>(values) { ["since"] = Samples.Today.AddDays(-7) }
                )
            );

        Assert.All(said, s => Assert.Equal(s.Item1, s.Item2));
        Assert.Equal(5, said.Count());
    }

    [Theory]
    [InlineData("{n:#,0|day|days}", 1, "1 day")]
    [InlineData("{n:#,0|day|days}", 1234, "1,234 days")]
    [InlineData("{n:0.00} of {n}", 2.345, "2.35 of 2.35")]
    [InlineData("{n:signed}", -0.804, "−0.80")]
    [InlineData("{n:signed}", 0.0049, "±0.00")]
    [InlineData("{n:signed}", 0.005, "+0.01")]
    [InlineData("{n:0.0}", -1.26, "−1.3")]
    public void A_place_is_filled_by_its_format(string template, double value, string text) =>
        Assert.Equal(text, Texts.Fill(template, new Dictionary<string, object> { ["n"] = value }));

    [Theory]
    [InlineData(15.605, "15.61")]
    [InlineData(0.125, "0.13")]
    [InlineData(1, "1.00")]
    [InlineData(100, "100.00")]
    public void A_score_has_two_decimals_half_away_from_zero(double score, string text) => Assert.Equal(text, ShownScore.Of(score));

    [Fact]
    public void A_key_without_a_text_is_refused() => Assert.Throws<ArgumentException>(() => new Texts("de")["Nothing"]);

    private static string Source { get; } = FindSource();

    private static string FindSource()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "InfluenceFunctions.sln")))
            folder = folder.Parent!;
        return Path.Combine(folder.FullName, "src", "Influence.Pages");
    }

    private static IEnumerable<string> Components() => Directory.EnumerateFiles(Source, "*.razor", SearchOption.AllDirectories);

    private static Dictionary<string, string> In(string language) =>
        Texts
            .Resources.GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string)e.Value!);

    // Without code, comments, expressions and formulas, which are the same in every language.
    private static string Markup(string razor)
    {
        var text = razor.Split("\n@code")[0];
        text = Skipped().Replace(text, "");
        for (var before = ""; before != text; )
            (before, text) = (text, Innermost().Replace(text, ""));
        return text;
    }

    private const int Patience = 5000;

    [GeneratedRegex(
        @"@\*.*?\*@|<code.*?</code>|^\s*@(?:if|foreach|for|else|using|inherits).*$|^\s*(?:var |else|//).*$",
        RegexOptions.Multiline,
        Patience
    )]
    private static partial Regex Skipped();

    [GeneratedRegex(@"\([^()]*\)", RegexOptions.None, Patience)]
    private static partial Regex Innermost();

    [GeneratedRegex(@">[^<>@{}=]*\p{L}{2,}[^<>@{}=]*<", RegexOptions.None, Patience)]
    private static partial Regex Literal();

    [GeneratedRegex(@"(?:aria-label|title|alt|Title|Caption|Description)=""[^@""]+""", RegexOptions.None, Patience)]
    private static partial Regex LiteralLabel();
}
