using System.Net.Sockets;
using Azure;
using Azure.Data.Tables.Models;
using Azure.Identity;

namespace Influence.Pipeline.Storage;

/// <summary>The one list of which exceptions mean "try later" and which a conflict; all others are bugs.</summary>
public static class StorageFailure
{
    /// <summary>Whether storage cannot serve now, so that the same call may succeed later.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="cancellationToken">What the caller could have stopped the work with: then it is no failure.</param>
    public static bool IsTryLater(Exception exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested && MeansTryLater(exception);

    /// <summary>Whether somebody else wrote first: read and decide anew.</summary>
    /// <remarks>
    /// 412: the ETag is another. 409: the row to add is there. 404: the row to update or delete is gone; not that its table is missing.
    /// </remarks>
    public static bool IsConflict(Exception exception) =>
        exception is RequestFailedException e
        && (
            e.Status == 412
            || (e.Status == 409 && e.ErrorCode == TableErrorCode.EntityAlreadyExists)
            || (e.Status == 404 && (e.ErrorCode == TableErrorCode.ResourceNotFound || e.ErrorCode == TableErrorCode.EntityNotFound))
        );

    /// <summary>The HTTP status and storage's own error code, for a log line; 0 and null where there was no answer.</summary>
    public static (int Status, string? Code) CodeOf(Exception exception) =>
        FirstOf(exception) is RequestFailedException e ? (e.Status, e.ErrorCode) : (0, null);

    /// <summary>What is wrong and which setting to look at, in a sentence without any of its value.</summary>
    /// <param name="exception">One that means "try later".</param>
    public static string Describe(Exception exception) =>
        FirstOf(exception) switch
        {
            RequestFailedException { Status: 401 or 403 } =>
                $"Storage refuses this app; the setting '{StorageConnection.Setting}' says with which key or identity it comes.",
            RequestFailedException { Status: 429 } => "Storage is asked too much at the moment.",
            AuthenticationFailedException =>
                $"There is no token for storage; the setting '{StorageConnection.Setting}' says with which identity this app comes.",
            ContentionException contention => contention.Message,
            _ => $"Storage does not answer; the setting '{StorageConnection.Setting}' says where it is.",
        };

    private static bool MeansTryLater(Exception exception) =>
        exception switch
        {
            RequestFailedException e => MeansTryLater(e),
            // The identity's own service does not answer, or gives no token: nothing a caller could do better.
            AuthenticationFailedException => true,
            // A time limit within: the caller's own was asked about above.
            OperationCanceledException or TimeoutException => true,
            HttpRequestException or SocketException => true,
            // The transport's own, but none of those that derive from it: a file that is missing, a request body that breaks off.
            IOException => exception.GetType() == typeof(IOException) || exception.GetType() == typeof(HttpIOException),
            // What the client throws when all its tries failed.
            AggregateException all => all.InnerExceptions.Count > 0 && all.InnerExceptions.All(MeansTryLater),
            ContentionException => true,
            _ => false,
        };

    private static bool MeansTryLater(RequestFailedException e) =>
        e.Status is 0 or 401 or 403 or 408 or 429 or >= 500
        // A table or queue of this name was deleted a moment ago, and is made again soon.
        || (e.Status == 409 && e.ErrorCode?.EndsWith("BeingDeleted", StringComparison.Ordinal) == true);

    private static Exception FirstOf(Exception exception) =>
        exception is AggregateException { InnerExceptions: [var first, ..] } ? FirstOf(first) : exception;
}
