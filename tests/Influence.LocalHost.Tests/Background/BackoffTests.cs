namespace Influence.LocalHost.Tests.Background;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1000, new[] { 100, 200, 400, 800, 1000, 1000 })]
    [InlineData(100, new[] { 100, 100 })]
    [InlineData(50, new[] { 100, 100 })]
    public void It_doubles_from_100_ms_to_the_limit_within_20_percent_and_starts_anew(int longest, int[] pauses)
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(longest), new Random(seed));
            foreach (var expected in pauses)
                Assert.InRange(backoff.Next().TotalMilliseconds, expected * 0.8, expected * 1.2);
            backoff.Reset();
            Assert.InRange(backoff.Next().TotalMilliseconds, 80, 120);
        }
    }
}
