using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Profiles;

/// <summary>Remembers who was seen under which login, and suggests renames and moves.</summary>
/// <remarks>
/// From signed deliveries only. What this process saw within a day costs no request; what it sees for the first time two reads and, if it
/// is new, one transaction. A login that somebody else had before, or has now, is reused: then nothing is suggested, and what was is
/// withdrawn.
/// </remarks>
public sealed partial class RenameSightings
{
    // Tools want an answer within three seconds, and some of them are gone by then.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);
    private const int AtATime = 16;

    // Some 300 bytes each.
    private const int MaxRemembered = 50_000;
    private const string Suggested = "Suggested";
    private readonly Deployment deployment;
    private readonly OptimisticConcurrency concurrency;
    private readonly RenameSuggestions suggestions;
    private readonly Suppression suppression;
    private readonly TimeProvider clock;
    private readonly ILogger<RenameSightings> logger;
    private readonly SingleFlightCache<(string Key, string What), bool> seen;

    internal RenameSightings(
        Deployment deployment,
        OptimisticConcurrency concurrency,
        RenameSuggestions suggestions,
        Suppression suppression,
        TimeProvider clock,
        ILogger<RenameSightings> logger
    )
    {
        (this.deployment, this.concurrency, this.suggestions) = (deployment, concurrency, suggestions);
        (this.suppression, this.clock, this.logger) = (suppression, clock, logger);
        seen = new(clock, isSettled => isSettled ? Remembered : TimeSpan.Zero, MaxRemembered);
    }

    /// <summary>Takes in what a delivery shows. Never fails it: what storage does not take is seen again another time.</summary>
    /// <param name="source">The source, with its instance.</param>
    /// <param name="sightings">What it shows.</param>
    /// <param name="at">The moment of the delivery's events, Unix seconds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task TakeAsync(string source, Sightings sightings, long at, CancellationToken cancellationToken)
    {
        if (sightings.Accounts.Count == 0 && sightings.Moves.Count == 0)
            return;
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            StorageRequests.Enter("sightings");
            var keys = await deployment.KeysAsync(either.Token);
            var parallel = Parallelism.AtMost(AtATime, either.Token);
            await Parallel.ForEachAsync(
                sightings.Accounts.Select(s => new Sighting(source, SightingRows.StableKey(keys, source, s.Key), s.Value, at)),
                parallel,
                async (sighting, token) => await SeeAsync(sighting, keys, token)
            );
            await Parallel.ForEachAsync(
                sightings.Moves,
                parallel,
                async (claim, token) => await ClaimAsync(source, claim, at, keys, token)
            );
        }
        catch (Exception e) when (e is RequestFailedException || StorageFailure.IsTryLater(e, CancellationToken.None))
        {
            var (status, code) = StorageFailure.CodeOf(e);
            Forgot(logger, source, status, code);
        }
    }

    private Task<bool> SeeAsync(Sighting sighting, KeyHasher keys, CancellationToken cancellationToken) =>
        seen.GetAsync(
            (sighting.Stable, sighting.Account.Value),
            async token =>
                !(await suppression.CurrentAsync(token)).Has(sighting.Account)
                && await concurrency.RunAsync("who is who", _ => TrySeeAsync(sighting, keys, token), token),
            cancellationToken
        );

    // True where the rows now say that this id has this account.
    private async Task<Attempt<bool>> TrySeeAsync(Sighting sighting, KeyHasher keys, CancellationToken cancellationToken)
    {
        var (source, stable, account, at) = sighting;
        var (partition, login) = (SightingRows.Seen(source), SightingRows.Login(SightingRows.LoginKey(keys, account)));
        var rows = await Task.WhenAll(
            SightingRows.FindAsync(deployment.Profiles, partition, SightingRows.Stable(stable), cancellationToken),
            SightingRows.FindAsync(deployment.Profiles, partition, login, cancellationToken)
        );
        var (known, owned) = (rows[0], rows[1]);
        var before = known is null ? account : AccountId.Parse(known.GetString(SightingRows.Account));
        var isOthers = owned is not null && owned.GetString(SightingRows.Owner) != stable;
        if (known is not null && owned is not null && before == account && !isOthers)
            return Attempt.Done(true);
        // A delivery that was late, or was sent again: what is known is newer.
        if ((before != account && IsLater(known, at)) || (isOthers && IsLater(owned, at)))
            return Attempt.Done(false);
        if (isOthers)
            await suggestions.WithdrawAsync(account, cancellationToken);
        else if (before != account)
            await SuggestAsync(sighting, before, keys, cancellationToken);
        var isWritten = await WriteAsync(
            Row(partition, SightingRows.Stable(stable), SightingRows.Account, account.Value, at, known),
            Row(partition, login, SightingRows.Owner, stable, at, owned),
            cancellationToken
        );
        if (!isWritten)
            return Attempt.Conflict<bool>();
        // Once more, for one that was written meanwhile by who had not yet seen whose login it is now.
        if (isOthers)
            await suggestions.WithdrawAsync(account, cancellationToken);
        if (before != account)
            seen.Forget((stable, before.Value));
        return Attempt.Done(true);
    }

    // First the suggestion, then a look whether somebody else has the old login by now: who takes it writes that first, and withdraws then.
    private async Task SuggestAsync(Sighting sighting, AccountId before, KeyHasher keys, CancellationToken cancellationToken)
    {
        var (source, stable, account, at) = sighting;
        await suggestions.SuggestAsync(before, account, source, RenameReason.Renamed, at, cancellationToken);
        var old = SightingRows.Login(SightingRows.LoginKey(keys, before));
        var row = await SightingRows.FindAsync(deployment.Profiles, SightingRows.Seen(source), old, cancellationToken);
        if (row is not null && row.GetString(SightingRows.Owner) != stable)
            await suggestions.RemoveAsync(SightingRows.SuggestionId(keys, before, account), cancellationToken);
    }

    // Half a claim is remembered until the other end says the same.
    private Task<bool> ClaimAsync(string source, MoveClaim claim, long at, KeyHasher keys, CancellationToken cancellationToken)
    {
        var (partition, row) = (SightingRows.Moves(source), SightingRows.SuggestionId(keys, claim.From, claim.To));
        return seen.GetAsync((row, claim.By.ToString()), ClaimAsync, cancellationToken);

        async Task<bool> ClaimAsync(CancellationToken token)
        {
            var erased = await suppression.CurrentAsync(token);
            if (erased.Has(claim.From) || erased.Has(claim.To))
                return false;
            var claimed = (await SayAsync(claim.By.ToString(), token)).Now!;
            var isWhole = claimed.ContainsKey(nameof(MoveEnd.From)) && claimed.ContainsKey(nameof(MoveEnd.To));
            // Suggested once: dismissed, it does not come back.
            if (!isWhole || claimed.ContainsKey(Suggested))
                return true;
            await suggestions.SuggestAsync(claim.From, claim.To, source, RenameReason.Moved, at, token);
            await SayAsync(Suggested, token);
            return true;
        }

        Task<RowEdit> SayAsync(string what, CancellationToken token) =>
            concurrency.EditAsync(
                deployment.Profiles,
                partition,
                row,
                known => known?.ContainsKey(what) == true ? null : With(known ?? new TableEntity(partition, row), what, at),
                token
            );
    }

    private static TableEntity With(TableEntity row, string what, long at)
    {
        var moment = DateTimeOffset.FromUnixTimeSeconds(at);
        var said = new TableEntity(row.PartitionKey, row.RowKey) { [what] = moment, [SightingRows.At] = moment };
        foreach (var name in new[] { nameof(MoveEnd.From), nameof(MoveEnd.To), Suggested })
            if (row.GetDateTimeOffset(name) is { } before)
                said[name] = before;
        return said;
    }

    private async Task<bool> WriteAsync(TableTransactionAction stable, TableTransactionAction login, CancellationToken cancellationToken)
    {
        try
        {
            await deployment.Profiles.SubmitTransactionAsync([stable, login], cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (StorageFailure.IsConflict(e))
        {
            return false;
        }
    }

    private static TableTransactionAction Row(string partition, string row, string name, string value, long at, TableEntity? known)
    {
        var entity = new TableEntity(partition, row) { [name] = value, [SightingRows.At] = DateTimeOffset.FromUnixTimeSeconds(at) };
        return known is null
            ? new TableTransactionAction(TableTransactionActionType.Add, entity)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, known.ETag);
    }

    private static bool IsLater(TableEntity? row, long at) =>
        row?.GetDateTimeOffset(SightingRows.At) is { } known && known.ToUnixTimeSeconds() > at;

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "What a delivery of {Source} showed of who is who was not remembered: storage answered {Status} {Code}"
    )]
    private static partial void Forgot(ILogger logger, string source, int status, string? code);

    private sealed record Sighting(string Source, string Stable, AccountId Account, long At);
}
