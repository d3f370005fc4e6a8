using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Data.Tables;

namespace Influence.Simulation.Storage;

/// <summary>
/// An answer of the service: a status, the Date header and an ETag. The date is of the service's clock, the ETag of what was written.
/// </summary>
internal sealed class InMemoryResponse(int status, DateTimeOffset date, ETag? etag = null) : Response
{
    private readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Date"] = date.ToString("R", CultureInfo.InvariantCulture),
        ["ETag"] = etag?.ToString() ?? "",
    };

    public override int Status => status;

    public override string ReasonPhrase => status.ToString(CultureInfo.InvariantCulture);

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = "";

    public override void Dispose() => ContentStream?.Dispose();

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) =>
        headers.TryGetValue(name, out value) && value.Length > 0;

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() =>
        headers.Where(h => h.Value.Length > 0).Select(h => new HttpHeader(h.Key, h.Value));
}

/// <summary>What a point read found, or that it found nothing.</summary>
internal sealed class InMemoryFound<T>(T? value, Response response) : NullableResponse<T>
    where T : class
{
    public override bool HasValue => value is not null;

    public override T Value => value ?? throw new InvalidOperationException("The row does not exist.");

    public override Response GetRawResponse() => response;
}

/// <summary>The service's refusals, by status and error code.</summary>
internal static class StorageErrors
{
    // Where TableTransactionFailedException looks for the index.
    private const string FailedEntity = "FailedEntity";

    public static RequestFailedException Of(int status, string code) => new(status, $"{status} {code}", code, null);

    /// <summary>A transaction that one of its actions refused.</summary>
    public static TableTransactionFailedException OfAction(int index, RequestFailedException cause)
    {
        var failure = new RequestFailedException(
            cause.Status,
            string.Create(CultureInfo.InvariantCulture, $"{index}:{cause.Message}"),
            cause.ErrorCode,
            null
        );
        failure.Data[FailedEntity] = index.ToString(CultureInfo.InvariantCulture);
        return new TableTransactionFailedException(failure);
    }
}
