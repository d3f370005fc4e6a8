namespace Influence.Pipeline;

/// <summary>Points of score against earlier moments; an account that was not known then counts as 1.</summary>
/// <param name="Day">Against 24 hours ago.</param>
/// <param name="Week">Against 7 days ago.</param>
/// <param name="Month">Against 30 days ago.</param>
public sealed record ScoreCardChange(double Day, double Week, double Month);
