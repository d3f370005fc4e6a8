using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Publish;

/// <summary>
/// Settles and publishes a day as a fan-out over ranges of shards. Every message is one step over one range; whoever finishes the last
/// range of a step asks
/// for the next. Any message may come twice, late or from a crashed host: a range that is done is not done again.
/// </summary>
public sealed partial class Publisher
{
    // A board asked for soon after midnight is of the day before as of now; later it is of that day's end.
    private static readonly TimeSpan SoonAfterMidnight = TimeSpan.FromHours(1);

    private readonly Deployment deployment;
    private readonly CurrentVotes votes;
    private readonly PublicationWorkshop workshop;
    private readonly TimeProvider clock;
    private readonly InfluenceOptions options;
    private readonly ILogger<Publisher> logger;
    private readonly PublicationLog log;

    internal Publisher(
        Deployment deployment,
        CurrentVotes votes,
        PublicationWorkshop workshop,
        TimeProvider clock,
        IOptions<InfluenceOptions> options,
        ILogger<Publisher> logger
    )
    {
        (this.deployment, this.votes, this.workshop, this.clock, this.options, this.logger) = (
            deployment,
            votes,
            workshop,
            clock,
            options.Value,
            logger
        );
        log = new PublicationLog(deployment.Leaderboards);
    }

    /// <summary>How far back a day can still be published, days: as far as the accounts' histories reach.</summary>
    public const int MaxDaysBack = History.Window;

    /// <summary>Asks for the boards of a day; the work is done from the queue.</summary>
    /// <param name="date">
    /// The day; null for today. Today, and yesterday within an hour of midnight, are settled and published as of now; an earlier day is
    /// published as of its
    /// end, as its scores were then.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The publication, or null when the day lies ahead or further back than <see cref="MaxDaysBack"/>.</returns>
    public async Task<Publication?> RequestAsync(DateOnly? date, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("publish");
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var day = date ?? today;
        if (day > today || day < today.AddDays(-MaxDaysBack))
            return null;
        await deployment.KeysAsync(cancellationToken);
        return (await RequestAsync(day, Guid.CreateVersion7(now).ToString("n"), now, cancellationToken)).Info;
    }

    /// <summary>
    /// Asks for the boards of yesterday, and for a settlement: what the timer does, once a day however often it fires. Long after midnight
    /// yesterday is ranked
    /// from the histories, and it is today that is settled. A day that was missed is not invented afterwards.
    /// </summary>
    /// <returns>What is, or was already, asked for.</returns>
    public async Task<IReadOnlyList<Publication>> RequestDailyAsync(CancellationToken cancellationToken)
    {
        StorageRequests.Enter("publish");
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        await deployment.KeysAsync(cancellationToken);
        var yesterday = await RequestAsync(today.AddDays(-1), "daily", now, cancellationToken);
        if (yesterday.AsOf != EndOf(yesterday.Info.Date).ToUnixTimeSeconds() || options.SettlePasses == 0)
            return [yesterday.Info];
        return [yesterday.Info, (await RequestAsync(today, "settlement", now, cancellationToken)).Info];
    }

    /// <summary>Does what a message asks for, and asks for the next step when it was the last range of this one.</summary>
    /// <exception cref="MessageUnreadableException">It is not a message of ours.</exception>
    public async Task RunAsync(string text, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("publish");
        var task = PublishMessages.Read(text);
        await deployment.KeysAsync(cancellationToken);
        if (await FindRunAsync(task, cancellationToken) is not { } run || run.Info.Status == PublicationStatus.Published)
            return;
        if (task.V == 1)
            await SendAsync(run, Enumerable.Range(0, run.Ranges), cancellationToken);
        // Late, from a step that all ranges are done with.
        if (task.V == 1 || (task.Step, task.Pass).CompareTo(run.At) < 0)
            return;
        var done = await log.DoneAsync(task, cancellationToken);
        if (!done.TryGetValue(task.Range, out _))
        {
            var change = await (await workshop.OpenAsync(cancellationToken)).RunAsync(run, task, cancellationToken);
            await log.MarkDoneAsync(task, change, cancellationToken);
            done = await log.DoneAsync(task, cancellationToken);
        }

        if (done.Count == run.RangesOf(task.Step))
            await AdvanceAsync(run, task, done.Values.Max(), cancellationToken);
    }

    /// <summary>Asks again for what is missing of every publication that stands still: what the watch timer does.</summary>
    /// <returns>How many publications stood still.</returns>
    public async Task<int> ResumeStalledAsync(CancellationToken cancellationToken)
    {
        StorageRequests.Enter("publish");
        await deployment.KeysAsync(cancellationToken);
        var before = clock.GetUtcNow() - TimeSpan.FromMinutes(options.StallMinutes);
        var stalled = (await log.ListAsync(cancellationToken))
            .Where(r => r.Info.Status == PublicationStatus.Running && r.ProgressAt < before)
            .ToList();
        foreach (var run in stalled)
        {
            var (step, pass) = run.At;
            var done = await log.DoneAsync(new PublishMessage(PublishMessage.Version, run.Id, step, pass), cancellationToken);
            Stalled(logger, run.Id, step, pass, done.Count, run.RangesOf(step));
            // With all ranges done only the last word is missing, which the one of them that was to say it says again.
            var all = Enumerable.Range(0, run.RangesOf(step)).ToList();
            await SendAsync(run, done.Count == all.Count ? all : all.Where(r => !done.ContainsKey(r)), cancellationToken);
            await log.ReplaceAsync(run with { ProgressAt = clock.GetUtcNow() }, cancellationToken);
        }

        return stalled.Count;
    }

    /// <summary>Marks the publication of a message that failed for good; an unreadable message marks none.</summary>
    public async Task FailAsync(string text, CancellationToken cancellationToken)
    {
        if (await log.FindAsync(PublishMessages.Read(text).Id, cancellationToken) is not { Info.Status: PublicationStatus.Running } run)
            return;
        await log.ReplaceAsync(run with { Info = run.Info with { Status = PublicationStatus.Failed } }, cancellationToken);
    }

    /// <summary>How a publication stands; null when there is none of that id.</summary>
    public async Task<Publication?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await deployment.KeysAsync(cancellationToken);
        return (await log.FindAsync(id, cancellationToken))?.Info;
    }

    // The next step's messages first, then the row that says so: a crash in between asks twice, never not at all. Of several ranges that
    // end at one moment
    // only the first asks. Should it die, its own message comes back and asks again.
    private async Task AdvanceAsync(PublicationRun run, PublishMessage task, double largestChange, CancellationToken cancellationToken)
    {
        if (
            PublicationPlan.Next(run, task.Step, task.Pass, largestChange) is not { } next
            || !await log.IsFirstToEndAsync(task, cancellationToken)
        )
            return;
        if (next.Step == PublicationStep.Apply)
            await votes.PublishAsync(run, next.Pass, cancellationToken);
        var info = run.Info with
        {
            Step = next.Step,
            Pass = next.Pass,
            LargestChange = task.Step == PublicationStep.Pass ? largestChange : run.Info.LargestChange,
        };
        var advanced = run with { Info = info, ProgressAt = clock.GetUtcNow() };
        await SendAsync(advanced, Enumerable.Range(0, run.RangesOf(next.Step)), cancellationToken);
        Advanced(logger, run.Id, next.Step, next.Pass, largestChange);
        await log.ReplaceAsync(advanced, cancellationToken);
    }

    private async Task SendAsync(PublicationRun run, IEnumerable<int> ranges, CancellationToken cancellationToken)
    {
        var (step, pass) = run.At;
        // Accounts are written when every host has learnt of the new votes.
        var delay = step == PublicationStep.Apply ? TimeSpan.FromSeconds(options.VoteCacheSeconds) : TimeSpan.Zero;
        foreach (var range in ranges)
        {
            var message = PublishMessages.Write(new PublishMessage(PublishMessage.Version, run.Id, step, pass, range));
            await deployment.Shards.SendMessageAsync(message, delay, TimeSpan.FromSeconds(-1), cancellationToken);
        }
    }

    private async Task<PublicationRun?> FindRunAsync(PublishMessage task, CancellationToken cancellationToken)
    {
        if (await log.FindAsync(task.Id, cancellationToken) is { } run && (task.V != 1 || run.AsOf != 0))
            return run;
        if (task.V != 1)
            return null;
        // Version 1 asked for a ranking as of a moment, under the votes there are.
        var old = NewRun(task.Id, task.Date!.Value, DateTimeOffset.FromUnixTimeSeconds(task.AsOf!.Value), settles: false);
        await log.PutAsync(old, cancellationToken);
        return old;
    }

    // The same name is the same publication: what another host, or an earlier firing, asked for is not asked for again, unless it failed or
    // never began.
    private async Task<PublicationRun> RequestAsync(DateOnly day, string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var settles = SettlesAt(day, now);
        var run = NewRun(
            string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}.{name}"),
            day,
            settles ? now : EndOf(day),
            settles && options.SettlePasses > 0
        );
        if (!await log.TryAddAsync(run, cancellationToken))
        {
            run =
                await log.FindAsync(run.Id, cancellationToken)
                ?? throw new InvalidOperationException("A publication was deleted while it was asked for.");
            var neverBegan = run.Info.Status == PublicationStatus.Running && run.ProgressAt == run.Info.RequestedAt;
            if (run.Info.Status != PublicationStatus.Failed && !neverBegan)
                return run;
            run = run with { Info = run.Info with { Status = PublicationStatus.Running }, ProgressAt = now };
            await log.ReplaceAsync(run, cancellationToken);
        }

        await SendAsync(run, Enumerable.Range(0, run.RangesOf(run.At.Step)), cancellationToken);
        return run;
    }

    private static bool SettlesAt(DateOnly day, DateTimeOffset now) => now - EndOf(day) <= SoonAfterMidnight;

    private PublicationRun NewRun(string id, DateOnly day, DateTimeOffset asOf, bool settles)
    {
        var now = clock.GetUtcNow();
        var info = new Publication(id, day, PublicationStatus.Running, now, Step: PublicationPlan.First(settles), Pass: 0);
        return new PublicationRun(
            info,
            asOf.ToUnixTimeSeconds(),
            256 / options.ShardsPerMessage,
            options.SettlePasses,
            options.SettleTolerance,
            now
        );
    }

    private static DateTimeOffset EndOf(DateOnly date) => new(date.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Publication {Id}: {Step}, pass {Pass}; the largest change was {LargestChange} points."
    )]
    private static partial void Advanced(ILogger logger, string id, PublicationStep step, int pass, double largestChange);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Publication {Id} stands still at {Step}, pass {Pass}, with {Done} of {Ranges} ranges done: asked for again."
    )]
    private static partial void Stalled(ILogger logger, string id, PublicationStep step, int pass, int done, int ranges);
}
