namespace Influence.Replay.Tests.Sending;

public sealed class ShiftTests
{
    private const long Day = 86_400;
    private const long Now = 20_000 * Day + 1234;

    [Theory]
    [InlineData("Auto", Now - Day, null, 0)]
    [InlineData("Auto", Now - Day - 1, null, Day + 1)]
    [InlineData("Auto", Now - 400 * Day, null, 400 * Day)]
    [InlineData("Now", Now - 10, null, 10)]
    [InlineData("None", Now - 400 * Day, null, 0)]
    [InlineData("Auto", Now - 400 * Day, 399 * Day + 5, 399 * Day + 5)]
    [InlineData("Auto", Now - 400 * Day, 398 * Day, 400 * Day)]
    [InlineData("Auto", Now - 400 * Day, 401 * Day, 400 * Day)]
    [InlineData("Now", Now - 400 * Day, 399 * Day + 5, 400 * Day)]
    public void A_log_moves_by(string mode, long last, long? remembered, long shift) =>
        Assert.Equal(shift, ShiftRule.Decide(Enum.Parse<ShiftMode>(mode), false, last, Now, remembered));

    [Theory]
    [InlineData(0)]
    [InlineData(3599)]
    public void The_community_ends_at_the_hour(long seconds) =>
        Assert.Equal(20_000 * Day, CommunitySource.End + ShiftRule.Decide(ShiftMode.None, true, 1, (20_000 * Day) + seconds, null));
}
