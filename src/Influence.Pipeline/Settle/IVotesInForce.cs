namespace Influence.Pipeline.Settle;

/// <summary>Tells a settlement whether it is still the one that counts.</summary>
internal interface IVotesInForce
{
    /// <summary>Whether the votes in force are those of a publication, this moment.</summary>
    Task<bool> AreOfAsync(PublicationRun run, CancellationToken cancellationToken);
}
