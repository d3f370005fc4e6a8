using System.Collections.Frozen;
using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Profiles;

/// <summary>The suppression list: keyed hashes of the erased. Their facts are refused, their names are shown to nobody.</summary>
/// <remarks>
/// Table <c>Suppressed</c>, partition <c>s</c>, a row for each, named by its keyed hash (<see cref="AccountKeys.KeyOf"/>); row <c>head</c>
/// of partition <c>head</c> changes with each addition. A host knows of an erasure within <see cref="Staleness"/>.
/// </remarks>
internal sealed class Suppression(Deployment deployment, TimeProvider clock)
{
    /// <summary>How long a host may not know of an erasure.</summary>
    public static readonly TimeSpan Staleness = TimeSpan.FromSeconds(5);

    private const string List = "s";
    private const string Head = "head";
    private const string All = "all";
    private readonly SingleFlightCache<string, ErasedAccounts> lists = new(clock, _ => Staleness, 1);
    private volatile ErasedAccounts? last;

    /// <summary>The list as it was at most <see cref="Staleness"/> ago; longer while tables cannot be reached.</summary>
    /// <remarks>
    /// So that facts are taken in as long as the queue is there: they are held against the list again when they are applied.
    /// </remarks>
    public Task<ErasedAccounts> CurrentAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // A wait that can be given up goes on elsewhere; this one is short, and shared by all.
        return lists.GetAsync(All, LoadAsync, CancellationToken.None);
    }

    /// <summary>The list as it is now.</summary>
    public async Task<ErasedAccounts> NowAsync(CancellationToken cancellationToken) => last = await ReadAsync(cancellationToken);

    /// <summary>Adds an account. Idempotent.</summary>
    public async Task AddAsync(AccountId account, CancellationToken cancellationToken)
    {
        var keys = await deployment.AccountKeysAsync(cancellationToken);
        var row = new TableEntity(List, keys.KeyOf(account)) { ["V"] = 1, ["At"] = clock.GetUtcNow() };
        await deployment.Suppressed.TryWriteAsync(row, null, cancellationToken);
        // After the row: who sees the head changed sees the row.
        await deployment.Suppressed.UpsertEntityAsync(new TableEntity(Head, Head), TableUpdateMode.Replace, cancellationToken);
        lists.Forget(All);
    }

    private async Task<ErasedAccounts> LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return last = await ReadAsync(cancellationToken);
        }
        catch (Exception e) when (last is not null && StorageFailure.IsTryLater(e, cancellationToken))
        {
            return last;
        }
    }

    private async Task<ErasedAccounts> ReadAsync(CancellationToken cancellationToken)
    {
        StorageRequests.Enter("suppressed");
        var keys = await deployment.AccountKeysAsync(cancellationToken);
        var head = await deployment.Suppressed.GetEntityIfExistsAsync<TableEntity>(Head, Head, cancellationToken: cancellationToken);
        if (!head.HasValue)
            return ErasedAccounts.None;
        if (last is { } known && known.Version == head.Value!.ETag)
            return known;
        var hashes = new HashSet<string>(StringComparer.Ordinal);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {List}");
        await foreach (var row in deployment.Suppressed.QueryAsync<TableEntity>(filter, null, ["RowKey"], cancellationToken))
            hashes.Add(row.RowKey);
        return new ErasedAccounts(keys, hashes.ToFrozenSet(StringComparer.Ordinal), head.Value!.ETag);
    }
}

/// <summary>The erased accounts, by keyed hash.</summary>
/// <param name="Keys">The deployment's keys; null while nobody was erased.</param>
/// <param name="Hashes">The hashes, 32 hex digits each.</param>
/// <param name="Version">Tells two lists apart.</param>
internal sealed record ErasedAccounts(AccountKeys? Keys, FrozenSet<string> Hashes, ETag Version)
{
    private readonly FrozenSet<ulong> actors = Hashes
        .Select(h =>
            ulong.Parse(h.AsSpan(0, 16), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture)
        )
        .ToFrozenSet();

    public static ErasedAccounts None { get; } = new(null, FrozenSet<string>.Empty, default);

    public bool IsEmpty => Hashes.Count == 0;

    public bool Has(AccountId account) => !IsEmpty && Hashes.Contains(Keys!.KeyOf(account));

    /// <summary>Whether a key of ties and votes is that of an erased account.</summary>
    public bool HasActor(ulong actor) => actors.Contains(actor);

    /// <summary>Whether an account's state names one of them.</summary>
    public bool AreNamedIn(AccountState state) => !IsEmpty && state.Names(HasActor);

    /// <summary>Why a fact is refused: one of its accounts was erased; null when none was.</summary>
    public FactRefusal? Refuse(Fact fact) =>
        IsEmpty
            ? null
            : fact switch
            {
                Interaction i when Has(i.Actor) => FactRefusal.Erased("actor"),
                Interaction { Target: { } target } when Has(target) => FactRefusal.Erased("target"),
                Undo u => Refuse(u.Original),
                MetricReport m when Has(m.Account) => FactRefusal.Erased("account"),
                _ => null,
            };
}
