using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Webhooks;

/// <summary>
/// Remembers what activities meant, for sources whose undo names only the activity, or whose events carry no moment: table
/// <c>Activities</c>,
/// see <see cref="Activity"/>.
/// </summary>
/// <remarks>
/// Both calls return what to send to the queue, and are repeated whole when anything fails between: the row is written first and changes
/// only once in each
/// way, so that a repetition gives the same facts again, and those count once. Undo first leaves a row without interactions, which then
/// takes them
/// and gives their undo; undo after gives the undo of what stands there.
/// </remarks>
public sealed class Activities(Deployment deployment, TimeProvider clock)
{
    private const int Attempts = 5;

    /// <summary>Remembers what an activity means; what was remembered first stands.</summary>
    /// <param name="key">Names the activity, with its source and who did it.</param>
    /// <param name="interactions">What it means.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The interactions as first remembered; their undos when the activity was taken back.</returns>
    public async Task<IReadOnlyList<Fact>> RememberAsync(
        string key,
        IReadOnlyList<Interaction> interactions,
        CancellationToken cancellationToken
    ) =>
        (
            await EditAsync(
                key,
                known => known.Interactions.Count > 0 ? known : known with { Interactions = interactions },
                cancellationToken
            )
        ).ToFacts();

    /// <summary>Takes back whatever is remembered under a key, or will be.</summary>
    /// <param name="key">Names the activity, with its source and who did it.</param>
    /// <param name="at">The moment of taking back, Unix seconds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The undos; none when nothing is remembered yet.</returns>
    public async Task<IReadOnlyList<Fact>> TakeBackAsync(string key, long at, CancellationToken cancellationToken) =>
        (await EditAsync(key, known => known.TakenBackAt is null ? known with { TakenBackAt = at } : known, cancellationToken)).ToFacts();

    private async Task<Activity> EditAsync(string key, Func<Activity, Activity> edit, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("activities");
        await deployment.KeysAsync(cancellationToken);
        // Most activities are new, so that the first try is to add.
        var known = Activity.New(key);
        for (var attempt = 1; ; attempt++)
        {
            var edited = edit(known);
            if (ReferenceEquals(edited, known))
                return known;
            try
            {
                var row = edited.ToRow(clock.GetUtcNow());
                if (known.ETag is { } etag)
                    await deployment.Activities.UpdateEntityAsync(row, etag, TableUpdateMode.Replace, cancellationToken);
                else
                    await deployment.Activities.AddEntityAsync(row, cancellationToken);
                return edited;
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412 && attempt < Attempts)
            {
                var (partition, rowKey) = known.Address;
                var found = await deployment.Activities.GetEntityIfExistsAsync<TableEntity>(
                    partition,
                    rowKey,
                    cancellationToken: cancellationToken
                );
                known = found.HasValue ? Activity.Read(key, found.Value!) : Activity.New(key);
            }
        }
    }
}
