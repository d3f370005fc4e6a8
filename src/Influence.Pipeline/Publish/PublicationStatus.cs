using System.Text.Json.Serialization;

namespace Influence.Pipeline;

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
