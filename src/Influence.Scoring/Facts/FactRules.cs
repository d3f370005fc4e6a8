namespace Influence.Scoring.Facts;

/// <summary>The limits of a fact: what passes <see cref="Refuse"/> can be stored and scored.</summary>
public static class FactRules
{
    /// <summary>Longest fact id, characters.</summary>
    public const int MaxId = 256;

    /// <summary>Longest object, characters.</summary>
    public const int MaxObject = 1024;

    /// <summary>Longest topic, characters.</summary>
    public const int MaxTopic = 64;

    /// <summary>Most topics of one interaction.</summary>
    public const int MaxTopics = 5;

    /// <summary>Longest community, characters.</summary>
    public const int MaxCommunity = 128;

    /// <summary>Longest display name, characters.</summary>
    public const int MaxName = 100;

    /// <summary>Largest gauge: more followers than anybody has.</summary>
    public const double MaxGauge = 1e9;

    /// <summary>Largest increment of a counter.</summary>
    public const double MaxIncrement = 1e7;

    /// <summary>Why a fact cannot be taken at <paramref name="now"/>, or null when it can.</summary>
    /// <remarks>Pure: the same fact, policy and moment always give the same answer.</remarks>
    /// <param name="fact">The fact.</param>
    /// <param name="policy">Gives the window (90 days back, 5 minutes ahead).</param>
    /// <param name="now">The moment the fact came in, Unix seconds UTC.</param>
    /// <param name="isImport">Whether it is a line of an import: then an interaction may be 400 days old.</param>
    public static FactRefusal? Refuse(Fact fact, ScoringPolicy policy, long now, bool isImport = false) =>
        RefuseTime(fact.At, policy, now, isImport && fact is Interaction)
        ?? fact switch
        {
            Interaction { Type: InteractionType.Post, Target: not null } => new FactRefusal(
                RefusalCode.InvalidField,
                "target",
                "is for other types: a post has none"
            ),
            Interaction i => RefuseInteraction(i),
            Undo u => RefuseInteraction(u.Original),
            MetricReport m => RefuseMetric(m),
            _ => throw new ArgumentOutOfRangeException(nameof(fact), fact.GetType(), "Not a kind of fact."),
        };

    private static FactRefusal? RefuseTime(long at, ScoringPolicy policy, long now, bool isImport)
    {
        if (isImport && at < now - policy.ImportWindow)
            return new FactRefusal(RefusalCode.TooOld, "at", "is more than 400 days ago");
        if (!isImport && at < now - policy.FactWindow)
            return new FactRefusal(RefusalCode.TooOld, "at", "is more than 90 days ago. Interactions up to 400 days old can be imported");
        if (at > now + policy.FutureSlack)
            return new FactRefusal(RefusalCode.InFuture, "at", "is more than 5 minutes ahead");
        return null;
    }

    private static FactRefusal? RefuseInteraction(Interaction i)
    {
        if (!Enum.IsDefined(i.Type))
            return new FactRefusal(RefusalCode.UnknownType, "type", "is not a type of interaction");
        // The struct's default names nobody: among the people kept by name it could be stored, but never read back.
        if (i.Actor == default)
            return FactRefusal.Missing("actor");
        if (i.Target is null && i.Type != InteractionType.Post)
            return FactRefusal.Missing("target");
        if (NeverCounted.Matches(i.Actor))
            return FactRefusal.NotAPerson("actor");
        if (i.Target is { } target && NeverCounted.Matches(target))
            return FactRefusal.NotAPerson("target");
        if (i.Target == i.Actor)
            return new FactRefusal(RefusalCode.SelfInteraction, "target", "is the actor: engaging with oneself does not count");
        return RefuseText("id", i.Id, MaxId)
            ?? RefuseText("object", i.Object, MaxObject)
            ?? RefuseContext(i.Context)
            ?? (i.IsNamed ? RefuseNames(i) : null);
    }

    private static FactRefusal? RefuseNames(Interaction i) =>
        DisplayName.Refuse("actorName", i.ActorName) ?? DisplayName.Refuse("targetName", i.TargetName);

    private static FactRefusal? RefuseContext(FactContext context)
    {
        if (context.Topics.Length > MaxTopics)
            return new FactRefusal(RefusalCode.TooLong, "topics", $"holds more than {MaxTopics} topics");
        foreach (var topic in context.Topics)
            if (RefuseName("topics", topic, MaxTopic) is { } refusal)
                return refusal;
        return RefuseName("community", context.Community, MaxCommunity);
    }

    private static FactRefusal? RefuseMetric(MetricReport m)
    {
        var field = m.Counts is null ? "value" : "add";
        if (m.Counts is { } type && !MetricReport.IsCounter(type))
            return new FactRefusal(RefusalCode.UnknownType, "metric", "is not a known metric");
        if (!double.IsFinite(m.Value))
            return FactRefusal.NotFinite(field);
        if (m.Value < 0)
            return new FactRefusal(RefusalCode.Negative, field, "is negative");
        if (m.Value > (m.Counts is null ? MaxGauge : MaxIncrement))
            return new FactRefusal(
                RefusalCode.TooLarge,
                field,
                m.Counts is null ? "is over 1,000,000,000" : "is over 10,000,000. Send it in parts, each with an id of its own"
            );
        if (NeverCounted.Matches(m.Account))
            return FactRefusal.NotAPerson("account");
        if (m.Counts is not null && m.Id is null)
            return FactRefusal.Missing("id");
        return RefuseText("id", m.Id, MaxId);
    }

    // What people read and compare: nothing in it may be invisible.
    internal static FactRefusal? RefuseName(string field, string? text, int max) =>
        RefuseText(field, text, max)
        ?? (
            text is null || PlainText.IsVisible(text)
                ? null
                : FactRefusal.Invalid(field, "holds invisible characters (zero-width, direction), private or unassigned ones")
        );

    internal static FactRefusal? RefuseText(string field, string? text, int max)
    {
        if (text is null)
            return null;
        if (text.Length == 0)
            return new FactRefusal(RefusalCode.MissingField, field, "is empty");
        if (text.Length > max)
            return new FactRefusal(RefusalCode.TooLong, field, $"is over {max} characters");
        return PlainText.IsWellFormed(text)
            ? null
            : new FactRefusal(RefusalCode.InvalidField, field, "holds control characters or broken Unicode");
    }
}
