using System.Text.RegularExpressions;

namespace Infra.Tests;

/// <summary>Sizes of the sources that no analyzer holds. A method's 60 lines are MA0051's, a line's 140 characters .ci/width's.</summary>
public sealed partial class SourceRulesTests
{
    private const int MaxLines = 250;
    private const int MaxFirstSentence = 100;

    [Fact]
    public void A_file_has_at_most_250_lines() =>
        AssertNone(
            from file in Sources()
            let lines = file.Text.AsSpan().Count('\n')
            where lines > MaxLines
            select $"{file.Name}: {lines} lines"
        );

    [Fact]
    public void The_first_sentence_of_a_doc_comment_has_at_most_100_characters() =>
        AssertNone(
            from file in Sources()
            from Match comment in Summary().Matches(file.Text)
            let sentence = FirstSentence(comment.Groups["text"].Value)
            where sentence.Length > MaxFirstSentence
            let line = file.Text.AsSpan(0, comment.Index).Count('\n') + 1
            select $"{file.Name}:{line}: {sentence.Length} characters: {sentence}"
        );

    [Fact]
    public void Nothing_here_declares_a_name_of_the_functions_worker() =>
        AssertNone(Sources().Where(f => WorkerNamespace().IsMatch(f.Text)).Select(f => f.Name));

    [Theory]
    [InlineData("/// Short. And then more.", "Short.")]
    [InlineData("/// e.g. 5 things,\n    /// in two lines", "e.g. 5 things, in two lines")]
    [InlineData("/// As <see cref=\"Some.Type.Member(int)\"/> and <paramref name=\"at\"/> say &lt;it&gt;.", "As Member and at say <it>.")]
    public void A_comment_is_read_as_it_is_shown(string comment, string first) => Assert.Equal(first, FirstSentence(comment));

    // A message of its own, since a collection is shown cut off.
    private static void AssertNone(IEnumerable<string> found)
    {
        var all = string.Join('\n', found);
        Assert.True(all.Length == 0, all);
    }

    private static IEnumerable<(string Name, string Text)> Sources() =>
        from folder in new[] { "src", "tests" }
        from file in Directory.EnumerateFiles(Path.Combine(Template.Root, folder), "*.cs", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(Template.Root, file).Replace('\\', '/')
        where !name.Contains("/obj/", StringComparison.Ordinal) && !name.Contains("/bin/", StringComparison.Ordinal)
        orderby name
        select (name, File.ReadAllText(file));

    [GeneratedRegex(@"^\s*namespace\s+Microsoft\.Azure\.Functions", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex WorkerNamespace();

    private static string FirstSentence(string comment)
    {
        var text = Margin().Replace(comment, "");
        text = Reference().Replace(text, m => m.Groups["name"].Value);
        text = System.Net.WebUtility.HtmlDecode(Tag().Replace(text, ""));
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return SentenceEnd().Split(text, 2)[0];
    }

    private const int Patience = 10_000;

    [GeneratedRegex(@"<summary>(?<text>.*?)</summary>", RegexOptions.Singleline, Patience)]
    private static partial Regex Summary();

    [GeneratedRegex(@"^\s*///\s?", RegexOptions.Multiline, Patience)]
    private static partial Regex Margin();

    /// <summary>A reference is shown by its last name, without parameters.</summary>
    [GeneratedRegex(
        @"<(?:see|paramref|typeparamref) \w+=""(?:[^""(]*[./:])?(?<name>[^""./:(]+)(?:\([^""]*\))?""\s*/>",
        RegexOptions.None,
        Patience
    )]
    private static partial Regex Reference();

    [GeneratedRegex(@"<[^>]+>", RegexOptions.None, Patience)]
    private static partial Regex Tag();

    [GeneratedRegex(@"(?<=[.!?])\s+(?=[\p{Lu}«""(])", RegexOptions.None, Patience)]
    private static partial Regex SentenceEnd();
}
