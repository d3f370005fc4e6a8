namespace Influence.Pipeline.Ingest;

/// <summary>
/// The attributes of a CloudEvent in binary mode, which travel as <c>ce-*</c> headers, decoded; null where a header is absent.
/// </summary>
/// <param name="Id"><c>ce-id</c></param>
/// <param name="Source"><c>ce-source</c>; with the id it names the event.</param>
/// <param name="Type"><c>ce-type</c></param>
/// <param name="Time"><c>ce-time</c></param>
public sealed record CloudEventHeaders(string? Id, string? Source, string? Type, string? Time);
