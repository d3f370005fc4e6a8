using System.Text.Json;
using Azure.Data.Tables;

namespace Influence.Pipeline.Settle;

/// <summary>The operators' notices of the latest settlement: a part of it, and a pointer to that.</summary>
/// <remarks>Settlements table, partition <c>audience</c>, row <c>latest</c>.</remarks>
internal sealed class AudienceNotices(TableClient table, ISettlementData data, OptimisticConcurrency concurrency)
{
    private const string Partition = "audience";
    private const string Latest = "latest";
    private const string Part = "notices";

    /// <summary>Whose notices are in force; null before the first settlement.</summary>
    public static async Task<string?> PublicationAsync(TableClient table, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Latest, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value!.GetString("Publication") : null;
    }

    /// <summary>Puts the notices of a settlement in force, unless those of one requested later are. Idempotent.</summary>
    public async Task PutAsync(PublicationRun run, CancellationToken cancellationToken)
    {
        var tally = new AudienceTally();
        foreach (var range in ShardRange.All(run.Ranges))
            if (await data.FindAsync(run.Id, AudienceTally.Name(range), cancellationToken) is { } part)
                tally.Add(part);
        var report = new AudienceReport(run.Date, DateTimeOffset.FromUnixTimeSeconds(run.SettleAt), tally.Elsewhere, tally.Notices);
        await data.PutAsync(
            run.Id,
            Part,
            JsonSerializer.SerializeToUtf8Bytes(report, AudienceJson.Default.AudienceReport),
            cancellationToken
        );
        await concurrency.EditAsync(table, Partition, Latest, known => IsLater(run, known) ? RowOf(run) : null, cancellationToken);
    }

    /// <summary>The notices in force; null before the first settlement.</summary>
    public async Task<AudienceReport?> FindAsync(CancellationToken cancellationToken) =>
        await PublicationAsync(table, cancellationToken) is { } publication
        && await data.FindAsync(publication, Part, cancellationToken) is { } packed
            ? JsonSerializer.Deserialize(packed, AudienceJson.Default.AudienceReport)
            : null;

    /// <summary>Takes an account out of the notices of a settlement. Idempotent.</summary>
    public static async Task RemoveAsync(SettlementTable data, string publication, AccountId account, CancellationToken cancellationToken)
    {
        if (
            await data.FindAsync(publication, Part, cancellationToken) is not { } packed
            || JsonSerializer.Deserialize(packed, AudienceJson.Default.AudienceReport) is not { } report
            || report.Notices.All(n => n.Id != account.Value)
        )
            return;
        var rest = report with { Notices = [.. report.Notices.Where(n => n.Id != account.Value)] };
        await data.ReplaceAsync(
            publication,
            Part,
            JsonSerializer.SerializeToUtf8Bytes(rest, AudienceJson.Default.AudienceReport),
            cancellationToken
        );
    }

    private static bool IsLater(PublicationRun run, TableEntity? known) =>
        known is null
        || (
            known.GetString("Publication") is var publication
            && publication != run.Id
            && run.IsLaterThan(known.GetDateTimeOffset("RequestedAt")!.Value, publication)
        );

    private static TableEntity RowOf(PublicationRun run) =>
        new(Partition, Latest)
        {
            ["V"] = 1,
            ["Publication"] = run.Id,
            ["RequestedAt"] = run.RequestedAt,
        };
}
