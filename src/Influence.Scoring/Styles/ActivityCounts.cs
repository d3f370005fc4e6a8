namespace Influence.Scoring.Styles;

/// <summary>How many things of each kind an account did.</summary>
/// <param name="Posts">Posts of its own.</param>
/// <param name="Shares">What it passed on unchanged.</param>
/// <param name="Replies">Answers.</param>
/// <param name="Quotes">What it passed on with words of its own.</param>
/// <param name="Likes">Likes.</param>
/// <param name="Others">Views, clicks, follows and mentions.</param>
public readonly record struct ActivityCounts(uint Posts, uint Shares, uint Replies, uint Quotes, uint Likes, uint Others)
{
    /// <summary>How many kinds are told apart.</summary>
    internal const int Kinds = 6;

    /// <summary>One thing of a type.</summary>
    public static ActivityCounts One(InteractionType type) =>
        type switch
        {
            InteractionType.Post => new(1, 0, 0, 0, 0, 0),
            InteractionType.Share => new(0, 1, 0, 0, 0, 0),
            InteractionType.Reply => new(0, 0, 1, 0, 0, 0),
            InteractionType.Quote => new(0, 0, 0, 1, 0, 0),
            InteractionType.Like => new(0, 0, 0, 0, 1, 0),
            _ => new(0, 0, 0, 0, 0, 1),
        };

    /// <summary>Both together; a count that would pass 2^32 − 1 stays there.</summary>
    public ActivityCounts Plus(ActivityCounts other) =>
        new(
            Sum(Posts, other.Posts),
            Sum(Shares, other.Shares),
            Sum(Replies, other.Replies),
            Sum(Quotes, other.Quotes),
            Sum(Likes, other.Likes),
            Sum(Others, other.Others)
        );

    internal uint Of(int kind) =>
        kind switch
        {
            0 => Posts,
            1 => Shares,
            2 => Replies,
            3 => Quotes,
            4 => Likes,
            _ => Others,
        };

    internal static uint Sum(uint one, uint other) => (uint)Math.Min(uint.MaxValue, (ulong)one + other);
}
