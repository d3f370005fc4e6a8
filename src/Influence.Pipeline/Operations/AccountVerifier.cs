using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Operations;

/// <summary>Compares stored accounts with their ledgers, and repairs those that drifted when told to.</summary>
public sealed partial class AccountVerifier
{
    private readonly Deployment deployment;
    private readonly AccountWriter writer;
    private readonly InfluenceOptions options;
    private readonly OptimisticConcurrency concurrency;
    private readonly TimeProvider clock;
    private readonly ILogger<AccountVerifier> logger;

    internal AccountVerifier(
        Deployment deployment,
        AccountWriter writer,
        IOptions<InfluenceOptions> options,
        OptimisticConcurrency concurrency,
        TimeProvider clock,
        ILogger<AccountVerifier> logger
    ) =>
        (this.deployment, this.writer, this.options, this.concurrency, this.clock, this.logger) = (
            deployment,
            writer,
            options.Value,
            concurrency,
            clock,
            logger
        );

    /// <summary>Verifies the accounts asked for. Without <see cref="VerifyRequest.Repair"/> it only reads.</summary>
    /// <remarks>Every account is read whole: a point read for its state and one for each page of a large one.</remarks>
    public async Task<VerifyReport> RunAsync(VerifyRequest request, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("verify");
        var store = await writer.StoreAsync(cancellationToken);
        var sample = await new AccountSample(deployment.Accounts, store.Keys, request.Seed, options.AccountsAtATime).PickAsync(
            request.Sample,
            cancellationToken
        );
        AccountId[] accounts = [.. request.Accounts.Concat(sample).Distinct()];
        var check = new AccountCheck(store, writer, concurrency, clock, request.Repair);
        var results = new AccountVerdict[accounts.Length];
        var atATime = Parallelism.AtMost(options.AccountsAtATime, cancellationToken);
        await Parallel.ForAsync(0, accounts.Length, atATime, async (i, token) => results[i] = await check.RunAsync(accounts[i], token));
        var report = ReportOf(results);
        Verified(logger, report.Checked, report.DriftedAccounts, report.Repaired, report.Failed.Count);
        return report;
    }

    private static VerifyReport ReportOf(AccountVerdict[] results)
    {
        AccountVerdict[] known = [.. results.Where(r => r.Verification is not null)];
        AccountVerdict[] drifted = [.. known.Where(r => !r.Verification!.Drifts.IsEmpty)];
        return new VerifyReport(
            known.Length,
            [
                .. drifted.SelectMany(r =>
                    r.Verification!.Drifts.Take(VerifyReport.MaxDrifts)
                        .Select(d => new VerifyDrift(r.Id, d.What, d.Stored, d.Recomputed, d.Points))
                ),
            ],
            drifted.Length,
            results.Count(r => r.IsRepaired),
            [.. results.Where(r => r.IsUnknown).Select(r => r.Id)],
            [.. results.Where(r => r.Failure is not null).Select(r => r.Failure!)],
            [.. known.Where(r => !r.Verification!.Older.IsNone).Select(OlderOf)]
        );
    }

    private static VerifyOlder OlderOf(AccountVerdict verdict)
    {
        var older = verdict.Verification!.Older;
        return new VerifyOlder(verdict.Id, older.Ties, older.Interactions, older.Counted);
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Verified {Accounts} accounts: {Drifted} drifted, {Repaired} repaired, {Failed} failed."
    )]
    private static partial void Verified(ILogger logger, int accounts, int drifted, int repaired, int failed);
}

/// <summary>Which accounts to verify.</summary>
/// <param name="Accounts">These, by id.</param>
/// <param name="Sample">How many more, chosen by chance.</param>
/// <param name="Seed">The sample's random seed.</param>
/// <param name="Repair">Whether drifted accounts are written anew; without it nothing is written.</param>
public sealed record VerifyRequest(IReadOnlyList<AccountId> Accounts, int Sample = 0, int Seed = 1, bool Repair = false);
