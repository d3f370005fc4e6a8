namespace Influence.Pages.Text;

/// <summary>An explanation's sentences in the page's language.</summary>
internal static class Sentences
{
    /// <summary>The sentences about one thing.</summary>
    /// <param name="explanation">The explanation.</param>
    /// <param name="about"><c>score</c>, <c>coverage</c>, <c>reach</c>, …</param>
    /// <param name="texts">The page's texts.</param>
    public static IEnumerable<SaidSentence> About(Explanation explanation, string about, Texts texts) =>
        from sentence in explanation.Sentences
        where sentence.About == about
        select Say(sentence, explanation.Change.Since, texts);

    // English as it was sent. Another language by the code, where there is a template for which every number came.
    private static SaidSentence Say(ExplainedSentence sentence, DateOnly since, Texts texts)
    {
        if (texts.Language == Languages.All[0] || texts.Find($"Say_{sentence.Code}") is not { } template)
            return new(sentence.Code, sentence.Text, Languages.All[0]);
        var values = sentence.Numbers.ToDictionary(n => n.Key, n => (object)n.Value, StringComparer.Ordinal);
        values["since"] = since;
        return Texts.PlacesOf(template).All(values.ContainsKey)
            ? new(sentence.Code, Texts.Fill(template, values), texts.Language)
            : new(sentence.Code, sentence.Text, Languages.All[0]);
    }
}

/// <summary>A sentence and the language that it is in.</summary>
/// <param name="Code">Names it, whatever its numbers.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Language">Its language.</param>
internal sealed record SaidSentence(string Code, string Text, string Language);
