using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Publish;

/// <summary>Puts together what the steps of a publication need, once the deployment's keys are known.</summary>
internal sealed class PublicationWorkshop(
    Deployment deployment,
    CurrentVotes votes,
    TimeProvider clock,
    IOptions<InfluenceOptions> options,
    ILoggerFactory loggers
)
{
    private volatile PublicationWork? work;

    public async Task<PublicationWork> OpenAsync(CancellationToken cancellationToken)
    {
        if (work is not null)
            return work;
        var accounts = new AccountShards(
            deployment.Accounts,
            await deployment.AccountKeysAsync(cancellationToken),
            loggers.CreateLogger<AccountShards>()
        );
        var data = new SettlementTable(deployment.Settlements);
        var settle = new SettlementSteps(accounts, data, new PassVotesCache(data), votes, options.Value);
        var merge = new BoardMerge(deployment, data, clock, options.Value, loggers.CreateLogger<BoardMerge>());
        return work = new PublicationWork(settle, data, merge);
    }
}
