using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InfluenceFunctions.Tests.Ingest;

/// <summary>A caller gets an answer in time, and the place is held until the work has ended.</summary>
public sealed class WriteAdmissionTests
{
    [Fact]
    public async Task Work_that_hangs_is_told_as_not_confirmed_and_keeps_its_place()
    {
        var clock = new SteppedClock();
        await using var services = Services(clock);
        var admission = services.GetRequiredService<WriteAdmission>();
        var hanging = new TaskCompletionSource<string>();
        Task<string> answer;
        using (var admitted = admission.Enter(new DefaultHttpContext().Request))
        {
            answer = admitted.InTimeAsync(hanging.Task, "late", default);
            Assert.False(answer.IsCompleted);
            clock.Ring();
            Assert.Equal("late", await answer);
        }

        using (var refused = admission.Enter(new DefaultHttpContext().Request))
            Assert.Equal(StatusCodes.Status429TooManyRequests, refused.Refusal!.Status);
        hanging.SetResult("done");
        await Eventually.HoldsAsync(
            "the place is free",
            () =>
            {
                using var next = admission.Enter(new DefaultHttpContext().Request);
                return next.Refusal is null;
            }
        );
    }

    [Fact]
    public async Task Work_that_ends_in_time_is_answered_as_it_ended()
    {
        await using var services = Services(TimeProvider.System);
        var admission = services.GetRequiredService<WriteAdmission>();
        for (var i = 0; i < 3; i++)
            using (var admitted = admission.Enter(new DefaultHttpContext().Request))
            {
                Assert.Null(admitted.Refusal);
                Assert.Equal("done", await admitted.InTimeAsync(Task.FromResult("done"), "late", default));
            }

        for (var i = 0; i < 3; i++)
            using (var admitted = admission.Enter(new DefaultHttpContext().Request))
            {
                Assert.Null(admitted.Refusal);
                var failure = Task.FromException<string>(new TimeoutException("its own"));
                Assert.Equal(
                    "its own",
                    (await Assert.ThrowsAsync<TimeoutException>(() => admitted.InTimeAsync(failure, "late", default))).Message
                );
            }
    }

    private static ServiceProvider Services(TimeProvider clock)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
                    ["Influence:MaxConcurrentWrites"] = "1",
                    ["Influence:MaxBacklogSeconds"] = "0",
                }
            )
            .Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(clock)
            .AddInfluence(configuration)
            .AddSingleton<WriteAdmission>()
            .BuildServiceProvider();
    }

    // Its timers ring when the test says so.
    private sealed class SteppedClock : TimeProvider
    {
        private Action? ring;

        public void Ring() => ring!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ring = () => callback(state);
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
