namespace Influence.Scoring.Styles;

/// <summary>What a settlement needs of the actors of a range: style, whom they engaged, their name.</summary>
/// <remarks>In flat lists, some 60 bytes an actor, since a range may hold hundreds of thousands.</remarks>
public sealed class OwnActivities
{
    private readonly List<ulong> actors = [];
    private readonly List<Figures> styles = [];
    private readonly List<int> ends = [];
    private readonly List<uint> engaged = [];
    private readonly Dictionary<ulong, (string Name, long At)> names = [];
    private readonly int last;

    /// <param name="last">The last day of the window, days since 1970-01-01 UTC.</param>
    public OwnActivities(int last) => this.last = last;

    /// <summary>Nobody did anything.</summary>
    public static OwnActivities None { get; } = new(0);

    /// <summary>How many actors there are.</summary>
    public int Count => actors.Count;

    /// <summary>Adds an actor; they come in key order.</summary>
    public void Add(ulong actor, Activity activity)
    {
        var window = activity.Window(last);
        actors.Add(actor);
        styles.Add(Figures.Of(Style.Of(window, last)));
        foreach (var target in window.Targets)
            engaged.Add(target.Key);
        ends.Add(engaged.Count);
        if (activity.Name is { } name)
            names[actor] = (name, activity.NameAt);
    }

    /// <summary>The style of an actor; null for one that did nothing in the window.</summary>
    public Style? StyleOf(ulong actor) => actors.BinarySearch(actor) is >= 0 and var index ? styles[index].ToStyle() : null;

    /// <summary>An account under the name that its own facts told last, unless the one it has is later.</summary>
    public AccountState Named(AccountState state) =>
        names.TryGetValue(state.Key, out var name) ? state.WithName(name.Name, name.At) : state;

    /// <summary>How many of some accounts an actor engaged in the window, of the 64 that it engaged last.</summary>
    public int EngagedOf(ulong actor, IEnumerable<ulong> accounts)
    {
        if (actors.BinarySearch(actor) is not (>= 0 and var index))
            return 0;
        var from = index == 0 ? 0 : ends[index - 1];
        return accounts.Count(a => engaged.BinarySearch(from, ends[index] - from, ActivityTarget.KeyOf(a), null) >= 0);
    }

    // A style without an object of its own.
    private readonly record struct Figures(uint Posts, uint Shares, uint Replies, uint Likes, ushort TopicHundredths, byte ActiveDays)
    {
        public static Figures Of(Style? style) =>
            style is null
                ? default
                : new(style.Posts, style.Shares, style.Replies, style.Likes, (ushort)style.TopicHundredths, (byte)style.ActiveDays);

        public Style? ToStyle() => ActiveDays == 0 ? null : new(Posts, Shares, Replies, Likes, TopicHundredths, ActiveDays);
    }
}
