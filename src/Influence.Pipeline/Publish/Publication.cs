namespace Influence.Pipeline;

/// <summary>How a publication stands: what the status monitor shows.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Date">The day it publishes, UTC.</param>
/// <param name="Status">Where it is.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="FinishedAt">When its last board's pointer had flipped.</param>
/// <param name="Boards">How many boards it published.</param>
/// <param name="Accounts">How many accounts they rank.</param>
/// <param name="Step">The step it is at.</param>
/// <param name="Pass">The pass of its settlement.</param>
/// <param name="LargestChange">The largest change of any score in the last pass, points.</param>
public sealed record Publication(
    string Id,
    DateOnly Date,
    PublicationStatus Status,
    DateTimeOffset RequestedAt,
    DateTimeOffset? FinishedAt = null,
    int? Boards = null,
    int? Accounts = null,
    PublicationStep? Step = null,
    int? Pass = null,
    double? LargestChange = null)
{
    /// <summary>Where its status can be read; filled in by the HTTP side.</summary>
    public string? StatusUrl { get; init; }
}
