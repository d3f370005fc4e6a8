using Azure;
using Azure.Identity;

namespace Influence.Pipeline;

/// <summary>Tells storage that cannot be reached, or hangs, from a bug.</summary>
public static class StorageOutage
{
    /// <summary>Whether an exception of a storage client means «try later»: an error answer, no answer, or one that did not come in time.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="stop">What the caller could have stopped the work with: then it is no outage.</param>
    public static bool Is(Exception exception, CancellationToken stop) => !stop.IsCancellationRequested && exception switch
    {
        RequestFailedException or OperationCanceledException => true,
        // The identity's own service does not answer, or gives no token: nothing a caller could do better.
        AuthenticationFailedException => true,
        // What the client throws when all its tries failed.
        AggregateException all => all.InnerExceptions.Count > 0 && all.InnerExceptions.All(e => Is(e, stop)),
        _ => false,
    };
}
