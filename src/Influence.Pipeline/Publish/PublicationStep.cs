using System.Text.Json.Serialization;

namespace Influence.Pipeline;

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
