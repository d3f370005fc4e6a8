using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Publish;

/// <summary>Hands the messages of the workflows' queue to the one they are of: publications or erasures.</summary>
public sealed class WorkflowRouter(Publisher publications, Erasures erasures, ProfileEditor profiles, IOptions<InfluenceOptions> options)
{
    /// <summary>Does what a message asks for, and what follows when it was the last of its step.</summary>
    /// <exception cref="MessageUnreadableException">It is not a message of ours.</exception>
    public Task RunAsync(string text, CancellationToken cancellationToken) =>
        Erasures.IsOfThese(text) ? erasures.RunAsync(text, cancellationToken) : publications.RunAsync(text, cancellationToken);

    /// <summary>Marks the run of a message that failed for good.</summary>
    /// <exception cref="MessageUnreadableException">It is not a message of ours.</exception>
    public Task FailAsync(string text, CancellationToken cancellationToken) =>
        Erasures.IsOfThese(text) ? erasures.FailAsync(text, cancellationToken) : publications.FailAsync(text, cancellationToken);

    /// <summary>Takes up again whatever stands still: publications, erasures, profiles. What the watch timer does.</summary>
    /// <returns>How many stood still.</returns>
    public async Task<int> ResumeStalledAsync(CancellationToken cancellationToken)
    {
        var patience = TimeSpan.FromMinutes(options.Value.StallMinutes);
        var (count, failures) = (0, new List<Exception>());
        // What one of them cannot do holds up no other.
        foreach (
            var resume in (Func<Task<int>>[])
                [
                    () => publications.ResumeStalledAsync(cancellationToken),
                    () => erasures.ResumeStalledAsync(patience, cancellationToken),
                    () => profiles.ResumeAsync(cancellationToken),
                ]
        )
        {
            try
            {
                count += await resume();
            }
            catch (Exception e)
            {
                failures.Add(e);
            }
        }

        return failures.Count == 0 ? count : throw new AggregateException(failures);
    }
}
