using System.Text.Json.Serialization;

namespace Influence.Contracts;

/// <summary>How another site shows a profile: oEmbed 1.0, type <c>rich</c>.</summary>
/// <param name="Version">1.0.</param>
/// <param name="Type"><c>rich</c>.</param>
/// <param name="Title">The profile and its score.</param>
/// <param name="ProviderName">The name of this software.</param>
/// <param name="ProviderUrl">The address of this site.</param>
/// <param name="Html">A frame.</param>
/// <param name="Width">Its width, pixels.</param>
/// <param name="Height">Its height, pixels.</param>
public sealed record OEmbed(
    string Version,
    string Type,
    string Title,
    [property: JsonPropertyName("provider_name")] string ProviderName,
    [property: JsonPropertyName("provider_url")] string ProviderUrl,
    string Html,
    int Width,
    int Height
);
