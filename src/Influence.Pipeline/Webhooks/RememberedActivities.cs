namespace Influence.Pipeline.Webhooks;

/// <summary>Remembers what a webhook's activities meant: table <c>Activities</c>, a row a <see cref="RememberedActivity"/>.</summary>
/// <remarks>
/// For sources whose undo names only the activity, or whose events carry no moment. Both calls are idempotent and return what to send to
/// the queue: the row is written first and changes once in each way, so that a repetition after any failure gives the same facts, which
/// count once. When the undo comes first, its row has no facts; it takes them later and gives their undo.
/// </remarks>
public sealed class RememberedActivities
{
    private readonly Deployment deployment;
    private readonly Suppression suppression;
    private readonly OptimisticConcurrency concurrency;
    private readonly TimeProvider clock;

    internal RememberedActivities(Deployment deployment, Suppression suppression, OptimisticConcurrency concurrency, TimeProvider clock) =>
        (this.deployment, this.suppression, this.concurrency, this.clock) = (deployment, suppression, concurrency, clock);

    /// <summary>Remembers what an activity means; what was remembered first stands.</summary>
    /// <param name="key">Names the activity, with its source and who did it.</param>
    /// <param name="facts">What it means.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="isEpisode">Whether it can be done again: facts of another moment then stand beside the first.</param>
    /// <returns>
    /// The facts as first remembered; their undos when the activity was taken back. Facts of erased accounts as they are, to be refused.
    /// </returns>
    public async Task<IReadOnlyList<Fact>> RememberAsync(
        string key,
        IReadOnlyList<Fact> facts,
        CancellationToken cancellationToken,
        bool isEpisode = false
    )
    {
        var erased = await suppression.CurrentAsync(cancellationToken);
        List<Fact> refused = [.. facts.Where(f => erased.Refuse(f) is not null)];
        if (refused.Count == facts.Count)
            return facts;
        var others = refused.Count == 0 ? facts : [.. facts.Except(refused)];
        var known = await EditAsync(key, before => before.With(others, isEpisode), cancellationToken);
        return [.. known.ToSend(isEpisode ? known.Facts.Where(f => f.At == others[0].At) : known.Facts), .. refused];
    }

    /// <summary>Takes back whatever is remembered under a key, or will be.</summary>
    /// <param name="key">Names the activity, with its source and who did it.</param>
    /// <param name="at">The moment of taking back, Unix seconds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="name">Names the event that ends an episode; null for what can be done only once.</param>
    /// <param name="instead">What to take back where nothing is remembered under the key.</param>
    /// <returns>The undos, at the moment that came first; none when nothing is known to take back.</returns>
    public async Task<IReadOnlyList<Fact>> TakeBackAsync(
        string key,
        long at,
        CancellationToken cancellationToken,
        string? name = null,
        Undo? instead = null
    )
    {
        if (instead is not null && (await suppression.CurrentAsync(cancellationToken)).Refuse(instead) is not null)
            return [instead];
        var known = await EditAsync(key, before => before.With(new ActivityEnd(name, at)), cancellationToken);
        if (known.Facts.Count > 0 || instead is null)
            return [.. known.ToSend(known.Facts).Where(f => f is Undo)];
        return [new Undo(instead.Original with { At = known.Ends.First(e => e.Event == name).At })];
    }

    private async Task<RememberedActivity> EditAsync(
        string key,
        Func<RememberedActivity, RememberedActivity> edit,
        CancellationToken cancellationToken
    )
    {
        StorageRequests.Enter("activities");
        await deployment.KeysAsync(cancellationToken);
        var (partition, row) = RememberedActivity.AddressOf(key);
        var edited = RememberedActivity.New(key);
        await concurrency.EditAsync(
            deployment.Activities,
            partition,
            row,
            before =>
            {
                var known = before is null ? RememberedActivity.New(key) : RememberedActivity.Read(key, before);
                edited = edit(known);
                return ReferenceEquals(edited, known) ? null : edited.ToRow(clock.GetUtcNow());
            },
            cancellationToken,
            // Most activities are new.
            guessNew: true
        );
        return edited;
    }
}
