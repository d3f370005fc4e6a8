namespace Influence.Scoring.State;

/// <summary>What a settlement measures beside the score, at the end of a summary.</summary>
/// <remarks>
/// A byte of which parts are there; the style: posts, shares, replies, likes, hundredths of topics and days (LEB128); how many people it
/// engages back (a byte); the audience's make-up: people of each band, ten-thousandths of elsewhere (LEB128).
/// </remarks>
internal static class MeasuresCodec
{
    private const byte HasStyle = 1;
    private const byte HasEngagesBack = 2;
    private const byte HasMakeup = 4;
    private const byte All = HasStyle | HasEngagesBack | HasMakeup;
    private const int MostTopicHundredths = Activity.MaxTopics * 100;

    public static void Write(ByteWriter to, AccountState state)
    {
        var parts = (state.Style is null ? 0 : HasStyle) | (state.EngagesBack == 0 ? 0 : HasEngagesBack);
        to.Byte((byte)(parts | (state.Makeup is null ? 0 : HasMakeup)));
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
        if (state.Makeup is not { } makeup)
            return;
        foreach (var people in makeup.People)
            to.Var(people);
        to.Var((uint)makeup.ElsewhereParts);
    }

    public static AccountState Read(ref ByteReader from, AccountState state)
    {
        var parts = from.Byte();
        if (parts > All)
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
            EngagesBack = (parts & HasEngagesBack) == 0 ? 0 : from.Byte(),
            Makeup = (parts & HasMakeup) == 0 ? null : ReadMakeup(ref from),
        };
    }

    private static AudienceMakeup ReadMakeup(ref ByteReader from)
    {
        var people = new uint[VoteTraits.Bands];
        for (var band = 0; band < people.Length; band++)
            people[band] = from.Var();
        return new([.. people], (int)from.Var(AudienceMakeup.Whole));
    }
}
