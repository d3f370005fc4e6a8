using Azure;

namespace Influence.Pipeline.Tests.Storage;

public sealed class StorageOutageTests
{
    public static TheoryData<Exception, bool> Exceptions =>
        new()
        {
            { new RequestFailedException(503, "busy"), true },
            { new AggregateException(new RequestFailedException(0, "refused"), new RequestFailedException(0, "refused")), true },
            { new AggregateException(new TaskCanceledException(), new TaskCanceledException()), true },
            { new TaskCanceledException(), true },
            { new AggregateException(new RequestFailedException(0, "refused"), new InvalidOperationException()), false },
            { new AggregateException(), false },
            { new InvalidOperationException(), false },
        };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Storage_that_refuses_or_hangs_is_an_outage_and_a_bug_is_not(Exception exception, bool isOutage) =>
        Assert.Equal(isOutage, StorageOutage.Is(exception, default));

    [Fact]
    public void Nothing_is_an_outage_once_the_caller_has_stopped() =>
        Assert.False(StorageOutage.Is(new TaskCanceledException(), new CancellationToken(true)));
}
