namespace InfluenceFunctions;

/// <summary>The body that asks for a publication.</summary>
/// <param name="Date">The day, yyyy-MM-dd; absent for today as of now.</param>
internal sealed record PublicationRequest(DateOnly? Date);
