using System.Xml;
using Azure;
using Azure.Identity;
using Microsoft.Extensions.Time.Testing;

namespace Influence.LocalHost.Tests.Background;

public sealed class ResilientLoopTests
{
    private static readonly Exception[] Troubles =
    [
        new RequestFailedException(403, "forbidden", "AuthorizationFailure", null),
        new RequestFailedException(400, "bad request"),
        new AggregateException(new HttpRequestException("refused")),
        new AuthenticationFailedException("no token"),
        new XmlException("text/html"),
        new KeyNotFoundException("JSON instead of XML"),
        new InvalidOperationException("anything"),
        new TaskCanceledException("a time limit of the client's"),
        new ObjectDisposedException("client"),
    ];

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly LogLines log = new();
    private readonly LoopTurns turns;
    private readonly ResilientLoop loop;

    public ResilientLoopTests()
    {
        turns = new LoopTurns(clock);
        loop = new LoopFactory(turns, clock, new Random(1)).Create("loop of the test", log);
    }

    [Fact]
    public async Task Whatever_a_turn_throws_the_next_one_comes_after_a_pause_and_the_record_says_so()
    {
        using var stop = new CancellationTokenSource();
        var begun = 0;
        var running = loop.RunAsync(
            _ => begun++ < Troubles.Length ? throw Troubles[begun - 1] : Task.FromResult(TimeSpan.FromHours(1)),
            stop.Token
        );
        Assert.Equal(1, turns.All["loop of the test"].Failures);
        Assert.Null(turns.All["loop of the test"].LastGood);
        await TurnUntilAsync("every trouble is over", () => begun > Troubles.Length);
        await Eventually.HoldsAsync("the good turn is recorded", () => turns.All["loop of the test"].LastGood is not null);
        Assert.Equal(0, turns.All["loop of the test"].Failures);
        Assert.Equal(Troubles.Length, log.Lines.Count);

        await stop.CancelAsync();
        await Eventually.EndsAsync(running, "the loop");
    }

    [Fact]
    public async Task The_same_trouble_is_told_once_a_minute()
    {
        using var stop = new CancellationTokenSource();
        var (begun, began) = (0, clock.GetUtcNow());
        var running = loop.RunAsync(
            _ =>
            {
                begun++;
                throw new RequestFailedException(503, "busy");
            },
            stop.Token
        );
        await TurnUntilAsync("ten minutes of trouble", () => clock.GetUtcNow() - began > TimeSpan.FromMinutes(10));
        Assert.InRange(begun, 15, 60);
        Assert.InRange(log.Lines.Count, 5, 11);
        Assert.All(log.Lines, l => Assert.Contains("loop of the test", l, StringComparison.Ordinal));
        await stop.CancelAsync();
        await Eventually.EndsAsync(running, "the loop");
    }

    [Fact]
    public async Task A_stop_ends_a_turn_in_the_middle_without_a_word()
    {
        using var stop = new CancellationTokenSource();
        var running = loop.RunAsync(
            async token =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return TimeSpan.Zero;
            },
            stop.Token
        );
        await stop.CancelAsync();
        await Eventually.EndsAsync(running, "the loop");
        Assert.Empty(log.Lines);
    }

    private Task TurnUntilAsync(string what, Func<bool> holds) =>
        Eventually.HoldsAsync(
            what,
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(5));
                return holds();
            }
        );
}
