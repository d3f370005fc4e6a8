namespace Influence.Contracts;

/// <summary>Accounts whose audience looks made up, for operators: a reason to look, never a verdict.</summary>
/// <param name="Date">The day of the publication that told them.</param>
/// <param name="AsOf">The moment of its settlement.</param>
/// <param name="Elsewhere">
/// The deployment's own share of influence that comes from people who engage at least two accounts, 0–1. Under 0.3 nobody is noticed: then
/// nearly everybody's people engage one account only.
/// </param>
/// <param name="Notices">The accounts, the most influential first, at most 1,000.</param>
public sealed record AudienceReport(DateOnly Date, DateTimeOffset AsOf, double Elsewhere, IReadOnlyList<AudienceNotice> Notices);

/// <summary>An account whose people engage hardly anybody else.</summary>
/// <remarks>At least 50 people, and less than a tenth of its influence from people who engage others too.</remarks>
/// <param name="Id">The account.</param>
/// <param name="People">How many people engage it.</param>
/// <param name="Elsewhere">Its share of influence from people who engage at least two accounts, 0–0.1.</param>
/// <param name="Influence">V of its people.</param>
public sealed record AudienceNotice(string Id, long People, double Elsewhere, double Influence);
