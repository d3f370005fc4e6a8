namespace Influence.Contracts;

/// <summary>A badge in the form of shields.io's endpoint badge.</summary>
/// <param name="SchemaVersion">1: the version of that form.</param>
/// <param name="Label">The text on the left.</param>
/// <param name="Message">The score, with 2 decimals.</param>
/// <param name="Color">The colour behind it, 6 hex digits.</param>
public sealed record Badge(int SchemaVersion, string Label, string Message, string Color);
