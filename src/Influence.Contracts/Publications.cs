using System.Text.Json.Serialization;

namespace Influence.Contracts;

/// <summary>How a publication stands: what the status monitor shows.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Date">The day it publishes, UTC.</param>
/// <param name="Status">Where it is.</param>
/// <param name="RequestedAt">When it was requested, by the storage service's clock: of two of a day the later counts.</param>
/// <param name="FinishedAt">When it ended, in whatever state.</param>
/// <param name="Boards">How many boards it published.</param>
/// <param name="Accounts">How many accounts they rank.</param>
/// <param name="Step">
/// The step it is at: <c>attention</c>, <c>initialVotes</c>, <c>iterate</c>, <c>activateVotes</c>, <c>activity</c>, <c>apply</c>,
/// <c>rank</c>, <c>publish</c>.
/// </param>
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
    string? Step = null,
    int? Pass = null,
    double? LargestChange = null
)
{
    /// <summary>Where its status can be read; filled in by the HTTP side.</summary>
    public string? StatusUrl { get; init; }
}

/// <summary>The stages of a publication.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PublicationStatus>))]
public enum PublicationStatus
{
    /// <summary>Requested; the boards of before are still the latest.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>All its boards can be read.</summary>
    [JsonStringEnumMemberName("published")]
    Published,

    /// <summary>It went through to its end, but boards of the same day that were requested later were out already.</summary>
    [JsonStringEnumMemberName("superseded")]
    Superseded,

    /// <summary>It failed five times; the reason is among the dead letters. Requested again, it is made anew.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>It failed, and its partial results were deleted since.</summary>
    [JsonStringEnumMemberName("expired")]
    Expired,
}

/// <summary>The body that asks for a publication.</summary>
/// <param name="Date">The day, yyyy-MM-dd; absent for today as of now.</param>
public sealed record PublicationRequest(DateOnly? Date);
