using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline;

/// <summary>Publishes the boards of a day: scan the accounts by ranges of shards, rank, write.</summary>
public sealed partial class Publish(Deployment deployment, TimeProvider clock, IOptions<InfluenceOptions> options, ILogger<Publish> logger)
{
    private const int Ranges = 16;
    private const int DayOfUnixEpoch = 719_162;

    /// <summary>How far back a day can still be published, days: as far as the accounts' histories reach.</summary>
    public const int MaxDaysBack = Scoring.History.Window;

    /// <summary>Asks for the boards of a day; the work is done from the queue.</summary>
    /// <param name="date">The day; null for today. A past day is published as of its end, today as of now.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The publication, or null when the day lies ahead or further back than <see cref="MaxDaysBack"/>.</returns>
    public async Task<Publication?> RequestAsync(DateOnly? date, CancellationToken stop)
    {
        StorageRequests.Enter("publish");
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var day = date ?? today;
        if (day > today || day < today.AddDays(-MaxDaysBack)) return null;
        await deployment.KeysAsync(stop);
        var asOf = day == today ? now.ToUnixTimeSeconds() : EndOf(day);
        var id = string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}.{Guid.CreateVersion7():n}");
        var publication = new Publication(id, day, PublicationStatus.Running, now);
        await new PublicationLog(deployment.Leaderboards).PutAsync(publication, stop);
        var message = JsonSerializer.Serialize(new PublishMessage(PublishMessage.Version, id, day, asOf), MessageJson.Default.PublishMessage);
        await deployment.Shards.SendMessageAsync(message, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: stop);
        return publication;
    }

    /// <summary>Asks for the boards of yesterday, as of midnight: what the timer does. A day that was missed is not invented afterwards.</summary>
    public Task<Publication?> RequestYesterdayAsync(CancellationToken stop) =>
        RequestAsync(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-1), stop);

    /// <summary>Publishes what a message asks for. Twice is once: the same rows are written again.</summary>
    /// <exception cref="MessageUnreadableException">It is not a message of ours.</exception>
    public async Task RunAsync(string text, CancellationToken stop)
    {
        StorageRequests.Enter("publish");
        var message = Read(text);
        var boards = await GatherAsync(message, stop);
        var reader = new BoardReader(deployment.Leaderboards);
        var writer = new BoardWriter(deployment.Leaderboards, reader);
        // The global board last: whoever sees it can already see the others.
        foreach (var (name, board) in boards.Boards.OrderBy(b => b.Key == BoardSet.Global)) await writer.WriteAsync(name, board, message.Date, message.AsOf, stop);
        var accounts = boards.Boards[BoardSet.Global].Histogram.Total;
        var log = new PublicationLog(deployment.Leaderboards);
        var publication = await log.FindAsync(message.Id, stop) ?? new Publication(message.Id, message.Date, PublicationStatus.Running, clock.GetUtcNow());
        await log.PutAsync(publication with { Status = PublicationStatus.Published, FinishedAt = clock.GetUtcNow(), Boards = boards.Boards.Count, Accounts = accounts }, stop);
        Published(logger, message.Date, boards.Boards.Count, accounts);
    }

    /// <summary>Marks the publication of a message that failed for good; an unreadable message marks none.</summary>
    public async Task FailAsync(string text, CancellationToken stop)
    {
        var log = new PublicationLog(deployment.Leaderboards);
        if (await log.FindAsync(Read(text).Id, stop) is { } publication) await log.PutAsync(publication with { Status = PublicationStatus.Failed }, stop);
    }

    /// <summary>How a publication stands; null when there is none of that id.</summary>
    public async Task<Publication?> FindAsync(string id, CancellationToken stop)
    {
        await deployment.KeysAsync(stop);
        return await new PublicationLog(deployment.Leaderboards).FindAsync(id, stop);
    }

    private async Task<BoardSet> GatherAsync(PublishMessage message, CancellationToken stop)
    {
        var keys = await deployment.KeysAsync(stop);
        var all = new BoardSet(options.Value.BoardSize);
        var merge = new Lock();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.ScansAtATime, CancellationToken = stop };
        await Parallel.ForAsync(0, Ranges, parallel, async (range, cancelled) =>
        {
            var part = new BoardSet(options.Value.BoardSize);
            var (first, end) = (range * 256 / Ranges, (range + 1) * 256 / Ranges);
            await foreach (var state in AccountScan.SummariesAsync(deployment.Accounts, keys, first, end, cancelled))
            {
                var inputs = message.AsOf == EndOf(message.Date) ? state.InputsAtEndOf(message.Date.DayNumber - DayOfUnixEpoch) : state.InputsAt(message.AsOf);
                if (inputs.Influence > 0) part.Add(new BoardEntry(state.Account, state.Policy.ScoreOf(inputs.Influence), inputs.Influence));
            }

            lock (merge) all.Add(part);
        });
        return all;
    }

    private static PublishMessage Read(string text)
    {
        try
        {
            var message = JsonSerializer.Deserialize(text, MessageJson.Default.PublishMessage) ?? throw new MessageUnreadableException("it is empty");
            if (message.V != PublishMessage.Version) throw new MessageUnreadableException($"its version {message.V} is not known here");
            return string.IsNullOrEmpty(message.Id) ? throw new MessageUnreadableException("it has no id") : message;
        }
        catch (JsonException)
        {
            throw new MessageUnreadableException("it is not JSON of a publication");
        }
    }

    private static long EndOf(DateOnly date) => (date.DayNumber - DayOfUnixEpoch + 1L) * Scoring.ScoringPolicy.Day;

    [LoggerMessage(Level = LogLevel.Information, Message = "Published {Date:O}: {Boards} boards of {Accounts} accounts.")]
    private static partial void Published(ILogger logger, DateOnly date, int boards, int accounts);
}
