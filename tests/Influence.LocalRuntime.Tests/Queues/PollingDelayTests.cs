namespace Influence.LocalRuntime.Tests.Queues;

public sealed class PollingDelayTests
{
    [Fact]
    public void It_doubles_from_100_ms_to_the_limit_within_20_percent_and_starts_anew_after_a_message()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var delay = new PollingDelay(TimeSpan.FromSeconds(1), new Random(seed));
            foreach (var expected in new[] { 100, 200, 400, 800, 1000, 1000 })
                Assert.InRange(delay.Next().TotalMilliseconds, expected * 0.8, expected * 1.2);
            delay.Reset();
            Assert.InRange(delay.Next().TotalMilliseconds, 80, 120);
        }
    }
}
