using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Publish;

/// <summary>
/// Publishes the boards of a day. Takes the request for a publication, does its steps as messages come, and tells how it stands.
/// </summary>
public sealed partial class Publisher
{
    // A board asked for soon after midnight is of the day before as of now; later it is of that day's end.
    private static readonly TimeSpan SoonAfterMidnight = TimeSpan.FromHours(1);

    // A timer that failed is not fired again. Within the shortest time limit of a function, five minutes, it outlasts a short outage.
    private static readonly TimeSpan DailyPatience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan DailyPause = TimeSpan.FromSeconds(15);
    private readonly Deployment deployment;
    private readonly CurrentVotes votes;
    private readonly AccountWriter writer;
    private readonly Suppression suppression;
    private readonly OptimisticConcurrency concurrency;
    private readonly PublishSchedule schedule;
    private readonly TimeProvider clock;
    private readonly InfluenceOptions options;
    private readonly ILoggerFactory loggers;
    private readonly WorkflowStore store;
    private volatile Workflow? workflow;

    internal Publisher(
        Deployment deployment,
        CurrentVotes votes,
        AccountWriter writer,
        Suppression suppression,
        OptimisticConcurrency concurrency,
        PublishSchedule schedule,
        TimeProvider clock,
        IOptions<InfluenceOptions> options,
        ILoggerFactory loggers
    )
    {
        (this.deployment, this.votes, this.writer, this.concurrency, this.schedule) = (deployment, votes, writer, concurrency, schedule);
        this.suppression = suppression;
        (this.clock, this.options, this.loggers) = (clock, options.Value, loggers);
        store = new WorkflowStore(deployment.Leaderboards);
    }

    /// <summary>How far back a day can still be published, days: as far as the accounts' histories reach.</summary>
    public const int MaxDaysBack = History.Window;

    /// <summary>Requests the boards of a day; the work is done from the queue.</summary>
    /// <param name="date">
    /// The day; null for today. Today, and yesterday within an hour of midnight, are settled and published as of now; an earlier day is
    /// published as of its end, as its scores were then.
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
        var settles = now - EndOf(day) <= SoonAfterMidnight;
        var input = InputOf(day, settles ? now : EndOf(day), settles ? now : null);
        return await StartAsync(IdOf(day, Guid.CreateVersion7(now).ToString("n")), input, cancellationToken);
    }

    /// <summary>
    /// Requests a settlement and the boards of the day that ended last; idempotent within a day. The timer calls it, however often it
    /// fires.
    /// </summary>
    /// <remarks>
    /// The day is told by the moment that the schedule names, not by the one the timer fires at, which may be some seconds early or hours
    /// late. Long after midnight the boards are those of the day's end. A day that was missed is not invented afterwards. A publication
    /// that failed is made anew, with data of its own. What storage cannot serve is tried again for some minutes, since nobody calls again.
    /// </remarks>
    /// <returns>What is, or was already, requested.</returns>
    public async Task<Publication> RequestDailyAsync(CancellationToken cancellationToken)
    {
        StorageRequests.Enter("publish");
        for (var start = clock.GetTimestamp(); ; )
        {
            try
            {
                return await TryRequestDailyAsync(cancellationToken);
            }
            catch (Exception e) when (StorageFailure.IsTryLater(e, cancellationToken) && clock.GetElapsedTime(start) < DailyPatience)
            {
                TryingAgain(loggers.CreateLogger<Publisher>(), StorageFailure.Describe(e), DailyPause.TotalSeconds);
            }

            await Task.Delay(DailyPause, clock, cancellationToken);
        }
    }

    private async Task<Publication> TryRequestDailyAsync(CancellationToken cancellationToken)
    {
        await deployment.KeysAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var day = DateOnly.FromDateTime(schedule.OccurrenceAt(now).UtcDateTime).AddDays(-1);
        var name = IdOf(day, "daily");
        var attempts = (await store.ListAsync(cancellationToken, name)).OrderBy(r => r.Id.Length).ThenBy(r => r.Id, StringComparer.Ordinal);
        if (attempts.LastOrDefault() is { State: not (WorkflowState.Failed or WorkflowState.Expired) } known)
            return PublicationOf(await (await OpenAsync(cancellationToken)).StartAsync(known, cancellationToken));
        var isSoon = now - EndOf(day) <= SoonAfterMidnight;
        var attempt = attempts.Count() + 1;
        var id = attempt == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{attempt}");
        return await StartAsync(id, InputOf(day, isSoon ? now : EndOf(day), now), cancellationToken);
    }

    /// <summary>Does what a message asks for, and what follows when it was the last of its step.</summary>
    /// <exception cref="MessageUnreadableException">It is not a message of ours.</exception>
    public async Task RunAsync(string text, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("publish");
        await (await OpenAsync(cancellationToken)).DeliverAsync(WorkflowMessage.Read(text), cancellationToken);
    }

    /// <summary>Asks again for what is missing of every publication that stands still: what the watch timer does.</summary>
    /// <returns>How many publications stood still.</returns>
    public async Task<int> ResumeStalledAsync(CancellationToken cancellationToken)
    {
        StorageRequests.Enter("publish");
        var patience = TimeSpan.FromMinutes(options.StallMinutes);
        return await (await OpenAsync(cancellationToken)).ResumeStalledAsync(patience, cancellationToken);
    }

    /// <summary>Marks the publication of a message that failed for good.</summary>
    /// <exception cref="MessageUnreadableException">It is not a message of ours.</exception>
    public async Task FailAsync(string text, CancellationToken cancellationToken) =>
        await (await OpenAsync(cancellationToken)).FailAsync(WorkflowMessage.Read(text), cancellationToken);

    /// <summary>How a publication stands; null when there is none of that id.</summary>
    public async Task<Publication?> FindAsync(string id, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("publish");
        await deployment.KeysAsync(cancellationToken);
        return await store.FindAsync(id, cancellationToken) is { } run ? PublicationOf(run) : null;
    }

    private async Task<Publication> StartAsync(string id, PublicationInput input, CancellationToken cancellationToken)
    {
        var engine = await OpenAsync(cancellationToken);
        var run = new WorkflowRun
        {
            Id = id,
            RequestedAt = await store.NoteRequestAsync(id, cancellationToken),
            Step = Steps.First(input),
            Ranges = 256 / options.ShardsPerMessage,
            Input = input.Write(),
        };
        return PublicationOf(await engine.StartAsync(run, cancellationToken));
    }

    // The steps need the deployment's keys, which are known once storage answers.
    private async Task<Workflow> OpenAsync(CancellationToken cancellationToken)
    {
        if (workflow is not null)
            return workflow;
        var accountStore = await writer.StoreAsync(cancellationToken);
        var settler = new AccountSettler(accountStore, writer, suppression, concurrency, loggers.CreateLogger<AccountSettler>());
        var accounts = new AccountShards(deployment.Accounts, accountStore, settler, loggers.CreateLogger<AccountShards>());
        var data = new SettlementTable(deployment.Settlements);
        var pass = new PassVotesCache(data, clock, options.SettleVoteMegabytes * 1024L * 1024);
        var activity = new ActivityFold(deployment, suppression, concurrency, loggers.CreateLogger<ActivityFold>());
        var settle = new SettlementSteps(accounts, data, pass, votes.AreOfAsync, activity.OfRangeAsync, suppression.NowAsync, options);
        var boards = new BoardStore(deployment.Leaderboards, concurrency);
        var notices = new AudienceNotices(deployment.Settlements, data, concurrency);
        var (people, logger) = (new PublishedPeople(deployment, suppression.NowAsync), loggers.CreateLogger<BoardSteps>());
        var boardSteps = new BoardSteps(settle, data, boards, notices, people, new StorageClock(deployment.Accounts), options, logger);
        var steps = Steps.Of(settle, votes, activity, boardSteps, options);
        return workflow = new Workflow(
            "publication",
            store,
            deployment.Shards,
            steps,
            concurrency,
            clock,
            loggers.CreateLogger<Workflow>()
        );
    }

    private PublicationInput InputOf(DateOnly day, DateTimeOffset asOf, DateTimeOffset? settleAt)
    {
        var settles = settleAt is not null && options.SettlePasses > 0;
        return new PublicationInput(
            day,
            asOf.ToUnixTimeSeconds(),
            settles ? settleAt!.Value.ToUnixTimeSeconds() : 0,
            options.SettlePasses,
            options.SettleTolerance
        )
        {
            IsEndOfDay = asOf == EndOf(day) && settleAt != asOf,
        };
    }

    private static Publication PublicationOf(WorkflowRun run)
    {
        var (input, output) = (PublicationInput.Read(run.Input), run.Output is { } json ? PublicationOutput.Read(json) : null);
        return new Publication(
            run.Id,
            input.Date,
            StatusOf(run.State),
            run.RequestedAt,
            run.EndedAt,
            output?.Boards,
            output?.Accounts,
            run.Step,
            run.Round,
            run.Value
        );
    }

    private static PublicationStatus StatusOf(WorkflowState state) =>
        state switch
        {
            WorkflowState.Running => PublicationStatus.Running,
            WorkflowState.Completed => PublicationStatus.Published,
            WorkflowState.Superseded => PublicationStatus.Superseded,
            WorkflowState.Failed => PublicationStatus.Failed,
            WorkflowState.Expired => PublicationStatus.Expired,
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state of a publication."),
        };

    private static string IdOf(DateOnly day, string name) => string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}.{name}");

    private static DateTimeOffset EndOf(DateOnly date) => new(date.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The daily publication waits. {Detail} Trying again in {Seconds} s.")]
    private static partial void TryingAgain(ILogger logger, string detail, double seconds);
}
