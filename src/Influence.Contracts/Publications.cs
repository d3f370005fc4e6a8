using System.Text.Json.Serialization;

namespace Influence.Contracts;

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
    /// <summary>Asked for; the boards of before are still the latest.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>All its boards can be read.</summary>
    [JsonStringEnumMemberName("published")]
    Published,

    /// <summary>It failed five times; the reason is among the dead letters.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>The steps of a publication, in order. All ranges finish one before the next begins.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PublicationStep>))]
public enum PublicationStep
{
    /// <summary>Sums what every actor spends of their attention.</summary>
    [JsonStringEnumMemberName("spend")]
    Spend,

    /// <summary>Gives every actor a first vote.</summary>
    [JsonStringEnumMemberName("vote")]
    Vote,

    /// <summary>Scores every account under those votes, and gives the next votes; repeated until scores stand still.</summary>
    [JsonStringEnumMemberName("pass")]
    Pass,

    /// <summary>Writes what changed, and ranks.</summary>
    [JsonStringEnumMemberName("apply")]
    Apply,

    /// <summary>Ranks a past day from histories, instead of all steps before.</summary>
    [JsonStringEnumMemberName("rank")]
    Rank,

    /// <summary>Merges the ranges' boards and publishes them.</summary>
    [JsonStringEnumMemberName("publish")]
    Publish,
}

/// <summary>The body that asks for a publication.</summary>
/// <param name="Date">The day, yyyy-MM-dd; absent for today as of now.</param>
public sealed record PublicationRequest(DateOnly? Date);
