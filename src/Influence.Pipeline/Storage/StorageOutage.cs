using Azure;
using Azure.Identity;

namespace Influence.Pipeline.Storage;

/// <summary>Tells storage that cannot be reached, or hangs, from a bug.</summary>
public static class StorageOutage
{
    /// <summary>
    /// Whether an exception of a storage client means «try later»: an error answer, no answer, or one that did not come in time.
    /// </summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="cancellationToken">What the caller could have stopped the work with: then it is no outage.</param>
    public static bool Is(Exception exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && exception switch
        {
            RequestFailedException or OperationCanceledException => true,
            // The identity's own service does not answer, or gives no token: nothing a caller could do better.
            AuthenticationFailedException => true,
            // What the client throws when all its tries failed.
            AggregateException all => all.InnerExceptions.Count > 0 && all.InnerExceptions.All(e => Is(e, cancellationToken)),
            _ => false,
        };

    /// <summary>
    /// What is wrong, in a sentence for whoever runs the app: it names the setting to look at, and holds nothing of its value.
    /// </summary>
    /// <param name="exception">An outage.</param>
    public static string Describe(Exception exception) =>
        ((exception as AggregateException)?.InnerExceptions[0] ?? exception) switch
        {
            RequestFailedException { Status: 401 or 403 } =>
                $"Storage refuses this app; the setting '{StorageConnection.Setting}' says with which key or identity it comes.",
            AuthenticationFailedException =>
                $"There is no token for storage; the setting '{StorageConnection.Setting}' says with which identity this app comes.",
            _ => $"Storage does not answer; the setting '{StorageConnection.Setting}' says where it is.",
        };
}
