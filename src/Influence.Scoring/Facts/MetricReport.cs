namespace Influence.Scoring.Facts;

/// <summary>A count without people: how many followers there are, or how many more views there were.</summary>
public sealed record MetricReport : Fact
{
    /// <summary>The name of the one gauge there is.</summary>
    public const string Followers = "followers";

    /// <summary>Whose count it is.</summary>
    public required AccountId Account { get; init; }

    /// <summary>The kind of interaction that an increment counts; null for the gauge <c>followers</c>.</summary>
    /// <remarks>Of a gauge the latest report wins.</remarks>
    public InteractionType? Counts { get; init; }

    /// <summary>The gauge's value or the counter's increment: finite, 0 or more.</summary>
    /// <remarks>At most <see cref="FactRules.MaxGauge"/> or <see cref="FactRules.MaxIncrement"/>.</remarks>
    public required double Value { get; init; }

    /// <summary>The moment of the report, Unix seconds UTC.</summary>
    public override required long At { get; init; }

    /// <summary>Names an increment within its account and day (UTC), so that a repeated one counts once. A gauge needs none.</summary>
    public string? Id { get; init; }

    /// <inheritdoc/>
    public override AccountId? About => Account;

    /// <summary>Reads a metric's name: <c>followers</c>, or a counter, such as <c>views</c>.</summary>
    /// <param name="name">The name as sent.</param>
    /// <param name="counts">The counter's type of interaction, null for the gauge.</param>
    /// <returns>Whether there is such a metric.</returns>
    public static bool TryParse(string? name, out InteractionType? counts)
    {
        counts = name is not null && Counters.TryGetValue(name, out var type) ? type : null;
        return counts is not null || name == Followers;
    }

    /// <summary>The name of a counter, the inverse of <see cref="TryParse"/>.</summary>
    /// <exception cref="InvalidOperationException">There is no counter of that type.</exception>
    public static string NameOf(InteractionType counts) => Counters.First(c => c.Value == counts).Key;

    /// <summary>All names, as refusals list them.</summary>
    public static string All => AllNames;

    internal static bool IsCounter(InteractionType type) => Counters.ContainsValue(type);

    private static readonly Dictionary<string, InteractionType> Counters = new(StringComparer.Ordinal)
    {
        ["views"] = InteractionType.View,
        ["clicks"] = InteractionType.Click,
        ["likes"] = InteractionType.Like,
        ["follows"] = InteractionType.Follow,
        ["replies"] = InteractionType.Reply,
        ["mentions"] = InteractionType.Mention,
        ["shares"] = InteractionType.Share,
        ["quotes"] = InteractionType.Quote,
    };

    private static readonly string AllNames = string.Join(", ", Counters.Keys.Prepend(Followers));
}
