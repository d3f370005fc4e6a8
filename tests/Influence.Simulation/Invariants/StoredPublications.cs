using Microsoft.Extensions.DependencyInjection;

namespace Influence.Simulation.Invariants;

/// <summary>Publications and boards as they are stored.</summary>
internal static class StoredPublications
{
    /// <summary>Every publication that is kept, as the status monitor shows it.</summary>
    public static async Task<IReadOnlyList<Publication>> AllAsync(IServiceProvider host)
    {
        var publisher = host.GetRequiredService<Publisher>();
        // There may be none, and no table either.
        await host.GetRequiredService<Deployment>().KeysAsync(default);
        var publications = new List<Publication>();
        foreach (var run in await new WorkflowStore(host.GetRequiredService<Deployment>().Leaderboards).ListAsync(default))
            if (await publisher.FindAsync(run.Id, default) is { } publication)
                publications.Add(publication);
        return publications;
    }

    /// <summary>The publication whose votes are in force; null before the first settlement.</summary>
    public static async Task<string?> VotesAsync(IServiceProvider host) =>
        (await VotesPointer.FindAsync(host.GetRequiredService<Deployment>().Settlements, default))?.Publication;

    /// <summary>The publication whose boards of a day readers get; null when there are none.</summary>
    public static async Task<string?> ReadAsync(IServiceProvider host, DateOnly day)
    {
        var boards = new BoardStore(host.GetRequiredService<Deployment>().Leaderboards, host.GetRequiredService<OptimisticConcurrency>());
        return (await boards.MetaAsync(BoardBuilder.Global, day, default))?.Publication;
    }
}
