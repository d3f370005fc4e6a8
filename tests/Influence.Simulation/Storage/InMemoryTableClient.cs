using System.Linq.Expressions;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Influence.Simulation.Storage;

/// <summary>
/// A <see cref="TableClient"/> over memory. It overrides what the product calls; every other method throws
/// <see cref="NotSupportedException"/> with its name.
/// </summary>
internal sealed partial class InMemoryTableClient(InMemoryStorage storage, InMemoryTable table, StorageFaults? faults) : TableClient
{
    private readonly StorageFaults faults = faults ?? StorageFaults.None;

    public override string Name => table.Name;

    public override Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        RequestAsync(
            "CreateIfNotExists",
            "",
            () => Response.FromValue(new TableItem(Name), Answer(table.Create() ? 204 : 409)),
            cancellationToken
        );

    public override Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
        RequestAsync(
            "Delete",
            "",
            () =>
            {
                table.Drop();
                return Answer(204);
            },
            cancellationToken
        );

    public override Task<Response<T>> GetEntityAsync<T>(
        string partitionKey,
        string rowKey,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default
    ) =>
        RequestAsync(
            "GetEntity",
            Key(partitionKey, rowKey),
            () => Response.FromValue(As<T>(table.Get(partitionKey, rowKey, Columns(select)) ?? throw table.Missing()), Answer(200)),
            cancellationToken
        );

    public override Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey,
        string rowKey,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default
    ) =>
        RequestAsync<NullableResponse<T>>(
            "GetEntityIfExists",
            Key(partitionKey, rowKey),
            () =>
                table.Get(partitionKey, rowKey, Columns(select)) is { } row
                    ? new InMemoryFound<T>(As<T>(row), Answer(200))
                    : new InMemoryFound<T>(null, Answer(404)),
            cancellationToken
        );

    public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) =>
        WriteAsync("AddEntity", new TableTransactionAction(TableTransactionActionType.Add, entity), cancellationToken);

    public override Task<Response> UpdateEntityAsync<T>(
        T entity,
        ETag ifMatch,
        TableUpdateMode mode = TableUpdateMode.Merge,
        CancellationToken cancellationToken = default
    )
    {
        if (ifMatch == default)
            throw new ArgumentException("Value cannot be default.", nameof(ifMatch));
        var type = mode == TableUpdateMode.Replace ? TableTransactionActionType.UpdateReplace : TableTransactionActionType.UpdateMerge;
        return WriteAsync("UpdateEntity", new TableTransactionAction(type, entity, ifMatch), cancellationToken);
    }

    public override Task<Response> UpsertEntityAsync<T>(
        T entity,
        TableUpdateMode mode = TableUpdateMode.Merge,
        CancellationToken cancellationToken = default
    )
    {
        var type = mode == TableUpdateMode.Replace ? TableTransactionActionType.UpsertReplace : TableTransactionActionType.UpsertMerge;
        return WriteAsync("UpsertEntity", new TableTransactionAction(type, entity), cancellationToken);
    }

    // As the SDK does: what is not there is no error, only status 404.
    public override Task<Response> DeleteEntityAsync(
        string partitionKey,
        string rowKey,
        ETag ifMatch = default,
        CancellationToken cancellationToken = default
    ) =>
        RequestAsync(
            "DeleteEntity",
            Key(partitionKey, rowKey),
            () => Answer(table.Delete(partitionKey, rowKey, ifMatch) ? 204 : 404),
            cancellationToken
        );

    public override Task<Response> DeleteEntityAsync(
        ITableEntity entity,
        ETag ifMatch = default,
        CancellationToken cancellationToken = default
    ) => DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);

    public override Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions,
        CancellationToken cancellationToken = default
    )
    {
        List<TableTransactionAction> actions = [.. transactionActions];
        if (actions.Count == 0)
            throw new InvalidOperationException("The batch contains no entity operations.");
        return RequestAsync(
            "SubmitTransaction",
            $"{Key(actions[0].Entity.PartitionKey, actions[0].Entity.RowKey)} +{actions.Count - 1}",
            () =>
                Response.FromValue<IReadOnlyList<Response>>(
                    [.. table.Run(actions).Select(tag => new InMemoryResponse(204, storage.Clock.GetUtcNow(), tag))],
                    Answer(202)
                ),
            cancellationToken
        );
    }

    public override AsyncPageable<T> QueryAsync<T>(
        string? filter = null,
        int? maxPerPage = null,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default
    )
    {
        var columns = Columns(select);
        return new InMemoryPageable<T>(
            async (from, hint) =>
            {
                var call = CallOf("Query", filter ?? "");
                var page = await storage.RequestAsync(
                    call,
                    faults,
                    () =>
                        table.Query(ODataFilter.Parse(filter), from, hint ?? maxPerPage ?? int.MaxValue, faults.RowsPerPage(call), columns),
                    cancellationToken
                );
                return ([.. page.Rows.Select(As<T>)], page.Next, Answer(200));
            }
        );
    }

    public override AsyncPageable<T> QueryAsync<T>(
        Expression<Func<T, bool>> filter,
        int? maxPerPage = null,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default
    ) => QueryAsync<T>(CreateQueryFilter(filter), maxPerPage, select, cancellationToken);

    private Task<Response> WriteAsync(string operation, TableTransactionAction action, CancellationToken cancellationToken) =>
        RequestAsync(
            operation,
            Key(action.Entity.PartitionKey, action.Entity.RowKey),
            () => Answer(204, table.Run(action)),
            cancellationToken
        );

    private Task<T> RequestAsync<T>(string operation, string key, Func<T> effect, CancellationToken cancellationToken) =>
        storage.RequestAsync(CallOf(operation, key), faults, effect, cancellationToken);

    private StorageCall CallOf(string operation, string key) => new(Name, operation, key, StorageRequests.Current);

    private Response Answer(int status, ETag? tag = null) => new InMemoryResponse(status, storage.Clock.GetUtcNow(), tag);

    private static string Key(string partition, string row) => $"{partition} {row}";

    private static string[]? Columns(IEnumerable<string>? select) => select?.ToArray() is { Length: > 0 } columns ? columns : null;

    private static T As<T>(TableEntity row)
        where T : class => row as T ?? throw new NotSupportedException($"Rows are {nameof(TableEntity)} here, not {typeof(T)}.");
}
