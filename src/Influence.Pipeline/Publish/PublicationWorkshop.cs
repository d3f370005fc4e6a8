using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline;

/// <summary>Puts together what the steps of a publication need, once the deployment's keys are known.</summary>
internal sealed class PublicationWorkshop(Deployment deployment, PublishedVotes votes, TimeProvider clock, IOptions<InfluenceOptions> options, ILoggerFactory loggers)
{
    private volatile PublicationWork? work;

    public async Task<PublicationWork> OpenAsync(CancellationToken stop)
    {
        if (work is not null) return work;
        var accounts = new AccountShards(deployment.Accounts, await deployment.AccountKeysAsync(stop), loggers.CreateLogger<AccountShards>());
        var data = new SettlementTable(deployment.Settlements);
        var settle = new Settle(accounts, data, new SettlementVotes(data), votes, options.Value);
        var merge = new BoardMerge(deployment, data, clock, options.Value, loggers.CreateLogger<BoardMerge>());
        return work = new PublicationWork(settle, data, merge);
    }
}
