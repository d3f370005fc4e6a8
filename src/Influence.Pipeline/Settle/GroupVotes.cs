namespace Influence.Pipeline.Settle;

/// <summary>The votes for a group of accounts, and for what these become when others write them meanwhile.</summary>
/// <param name="AtHand">The votes of all who engage the accounts as they were scanned.</param>
/// <param name="Pass">Where those of others are read from; null where <paramref name="AtHand"/> knows everyone.</param>
internal sealed record GroupVotes(IVotes AtHand, PassVotes? Pass = null)
{
    /// <summary>The votes for an account as it is now, as far as its ties are loaded.</summary>
    public async ValueTask<IVotes> ForAsync(AccountState account, CancellationToken cancellationToken)
    {
        if (Pass is null)
            return AtHand;
        var actors = new List<ulong>();
        AccountSettlement.AddActors(account, actors);
        return AtHand is GatheredVotes gathered && gathered.Know(actors) ? AtHand : await Pass.GatherAsync(actors, cancellationToken);
    }
}

/// <summary>Accounts that are worked on together, with the votes for them.</summary>
internal readonly record struct VotedGroup<T>(T[] Accounts, GroupVotes Votes);
