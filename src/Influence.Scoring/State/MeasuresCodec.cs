namespace Influence.Scoring.State;

/// <summary>What a settlement measures beside the score, at the end of a summary.</summary>
/// <remarks>
/// A byte of which parts are there; the style: posts, shares, replies, likes, hundredths of topics and days (LEB128); how many people it
/// engages back (a byte).
/// </remarks>
internal static class MeasuresCodec
{
    private const byte HasStyle = 1;
    private const byte HasEngagesBack = 2;
    private const int MostTopicHundredths = Activity.MaxTopics * 100;

    public static void Write(ByteWriter to, AccountState state)
    {
        to.Byte((byte)((state.Style is null ? 0 : HasStyle) | (state.EngagesBack == 0 ? 0 : HasEngagesBack)));
        if (state.Style is { } style)
        {
            to.Var(style.Posts);
            to.Var(style.Shares);
            to.Var(style.Replies);
            to.Var(style.Likes);
            to.Var((uint)style.TopicHundredths);
            to.Var((uint)style.ActiveDays);
        }

        if (state.EngagesBack != 0)
            to.Byte((byte)state.EngagesBack);
    }

    public static AccountState Read(ref ByteReader from, AccountState state)
    {
        var parts = from.Byte();
        if (parts > (HasStyle | HasEngagesBack))
            throw from.Corrupt("its measures are none that are known here");
        return state with
        {
            Style =
                (parts & HasStyle) == 0
                    ? null
                    : new Style(
                        from.Var(),
                        from.Var(),
                        from.Var(),
                        from.Var(),
                        (int)from.Var(MostTopicHundredths),
                        (int)from.Var(Activity.WindowDays)
                    ),
            EngagesBack = (parts & HasEngagesBack) == 0 ? 0 : (int)from.Byte(),
        };
    }
}
