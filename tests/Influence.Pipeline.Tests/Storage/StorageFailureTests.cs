using System.Net.Sockets;
using Azure;
using Azure.Identity;
using Microsoft.AspNetCore.Http;

namespace Influence.Pipeline.Tests.Storage;

public sealed class StorageFailureTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(400, false)]
    [InlineData(401, true)]
    [InlineData(403, true)]
    [InlineData(404, false)]
    [InlineData(408, true)]
    [InlineData(409, false)]
    [InlineData(412, false)]
    [InlineData(413, false)]
    [InlineData(429, true)]
    [InlineData(499, false)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    public void A_status_is_try_later_or_not(int status, bool isTryLater)
    {
        var failure = new RequestFailedException(status, "x");
        Assert.Equal(isTryLater, StorageFailure.IsTryLater(failure, default));
        Assert.Equal(isTryLater, StorageFailure.IsTryLater(new AggregateException(failure, failure), default));
        Assert.Equal(isTryLater, StorageFailure.IsTryLater(new AggregateException(new AggregateException(failure)), default));
    }

    [Theory]
    [InlineData(412, "UpdateConditionNotSatisfied", true)]
    [InlineData(412, null, true)]
    [InlineData(409, "EntityAlreadyExists", true)]
    [InlineData(409, "TableAlreadyExists", false)]
    [InlineData(409, null, false)]
    [InlineData(404, "ResourceNotFound", true)]
    [InlineData(404, "EntityNotFound", true)]
    [InlineData(404, "TableNotFound", false)]
    [InlineData(400, "InvalidInput", false)]
    [InlineData(503, "ServerBusy", false)]
    public void A_conflict_is_somebody_elses_write_of_the_row(int status, string? code, bool isConflict)
    {
        var failure = new RequestFailedException(status, "x", code, null);
        Assert.Equal(isConflict, StorageFailure.IsConflict(failure));
        // Nothing is both.
        Assert.False(isConflict && StorageFailure.IsTryLater(failure, default));
    }

    [Theory]
    [InlineData("TableBeingDeleted")]
    [InlineData("QueueBeingDeleted")]
    public void What_is_being_deleted_is_made_again_later(string code)
    {
        var failure = new RequestFailedException(409, "x", code, null);
        Assert.True(StorageFailure.IsTryLater(failure, default));
        Assert.False(StorageFailure.IsConflict(failure));
    }

    public static TheoryData<Exception, bool> Others =>
        new()
        {
            { new AuthenticationFailedException("no token"), true },
            { new CredentialUnavailableException("no identity"), true },
            { new TaskCanceledException(), true },
            { new OperationCanceledException(), true },
            { new TimeoutException(), true },
            { new IOException("connection reset"), true },
            { new HttpIOException(HttpRequestError.ResponseEnded), true },
            { new HttpRequestException("refused"), true },
            { new SocketException(111), true },
            { new ContentionException("a row"), true },
            { new AggregateException(new RequestFailedException(0, "x"), new TaskCanceledException(), new SocketException(1)), true },
            { new AggregateException(new AggregateException(new RequestFailedException(503, "x")), new IOException()), true },
            { new AggregateException(new RequestFailedException(0, "x"), new InvalidOperationException()), false },
            { new AggregateException(new AggregateException(new RequestFailedException(400, "x")), new IOException()), false },
            { new AggregateException(), false },
            { new AggregateException(new AggregateException()), false },
            // Not the transport's: the caller's body, a file, a programming error.
            { new BadHttpRequestException("chunks"), false },
            { new FileNotFoundException(), false },
            { new EndOfStreamException(), false },
            { new InvalidDataException(), false },
            { new InvalidOperationException(), false },
            { new ArgumentException(), false },
            { new PageCorruptException("a row", "it is cut short"), false },
        };

    [Theory]
    [MemberData(nameof(Others))]
    public void Others_by_their_type(Exception exception, bool isTryLater)
    {
        Assert.Equal(isTryLater, StorageFailure.IsTryLater(exception, default));
        Assert.False(StorageFailure.IsConflict(exception));
        // Once the caller has stopped the work, nothing is storage's fault.
        Assert.False(StorageFailure.IsTryLater(exception, new CancellationToken(true)));
    }

    [Fact]
    public void The_sentence_names_the_setting_for_what_a_setting_can_cure()
    {
        Exception[] failures =
        [
            new RequestFailedException(403, "key"),
            new AggregateException(new AggregateException(new AuthenticationFailedException("secret"))),
            new RequestFailedException(0, "127.0.0.1"),
            new TaskCanceledException(),
        ];
        Assert.All(failures, f => Assert.Contains("'AzureWebJobsStorage'", StorageFailure.Describe(f), StringComparison.Ordinal));
        Assert.Equal(3, failures.Select(StorageFailure.Describe).Distinct().Count());
        Assert.DoesNotContain("'", StorageFailure.Describe(new RequestFailedException(429, "slow down")), StringComparison.Ordinal);
        Assert.Equal(
            (503, "ServerBusy"),
            StorageFailure.CodeOf(new AggregateException(new RequestFailedException(503, "", "ServerBusy", null)))
        );
        Assert.Equal((0, null), StorageFailure.CodeOf(new TaskCanceledException()));
    }
}
