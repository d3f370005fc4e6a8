using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace InfluenceFunctions.Http;

/// <summary>Reads whole bodies, up to a limit.</summary>
internal static class RequestBody
{
    private const string Taken = "gzip, br";

    // A sender that trickles holds one of few places for writes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Whether the body has a content coding: then it is not, byte by byte, what a sender signed.</summary>
    public static bool IsCoded(HttpRequest request) => CodingsOf(request).Length > 0;

    /// <summary>415 for a coded body where none is taken.</summary>
    public static Reply CodedProblem() => CodingProblem("Content-Encoding must be identity: send the body uncompressed.", "identity");

    /// <summary>The body; null when it is longer than the limit.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">Most bytes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="patience">How long it may take to arrive; half a minute where nothing is said.</param>
    public static Task<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken, TimeSpan? patience = null) =>
        request.ContentLength > limit
            ? Task.FromResult<byte[]?>(null)
            : ReadAsync(request.Body, (int)(request.ContentLength ?? 0), limit, patience ?? Patience, cancellationToken);

    /// <summary>The body, unpacked from gzip or Brotli; else the answer that says what is wrong with it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">Most bytes, measured unpacked: reading stops there, however small the packed body is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<(byte[]? Body, Reply? Wrong)> ReadUnpackedAsync(
        HttpRequest request,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var codings = CodingsOf(request);
        if (codings is not ([] or ["gzip"] or ["br"]))
            return (null, CodingProblem($"Content-Encoding must be one of {Taken}, or absent.", Taken));
        try
        {
            if (codings is not [var coding])
                return await ReadAsync(request, limit, cancellationToken) is { } plain ? (plain, null) : (null, TooLargeProblem(limit));
            await using var unpacked = Unpack(request.Body, coding);
            var body = request.ContentLength > limit ? null : await ReadAsync(unpacked, 0, limit, Patience, cancellationToken);
            return body is null ? (null, TooLargeProblem(limit)) : (body, null);
        }
        catch (Exception e) when (codings.Length > 0 && e is InvalidDataException or InvalidOperationException)
        {
            return (
                null,
                Reply.Problem(
                    StatusCodes.Status400BadRequest,
                    "unparseable",
                    $"The body is not {codings[0]}, as its Content-Encoding says. Compress it, or leave the header away."
                )
            );
        }
    }

    /// <summary>413 for a body that is longer.</summary>
    public static Reply TooLargeProblem(int limit) =>
        Reply.Problem(StatusCodes.Status413PayloadTooLarge, "too_large", $"The body is longer than {limit} bytes: send less at once.");

    private static Stream Unpack(Stream body, string coding) =>
        coding == "br"
            ? new BrotliStream(body, CompressionMode.Decompress, leaveOpen: true)
            : new GZipStream(body, CompressionMode.Decompress, leaveOpen: true);

    private static string[] CodingsOf(HttpRequest request) =>
        [
            .. request
                .Headers.ContentEncoding.SelectMany(c => (c ?? "").Split(',', StringSplitOptions.TrimEntries))
                .Select(c => c.ToLowerInvariant())
                .Where(c => c is not ("" or "identity"))
                .Select(c => c == "x-gzip" ? "gzip" : c),
        ];

    private static Reply CodingProblem(string detail, string taken) =>
        Reply.Problem(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", detail).With(HeaderNames.AcceptEncoding, taken);

    private static async Task<byte[]?> ReadAsync(
        Stream stream,
        int expected,
        int limit,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        using var late = new CancellationTokenSource(patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        using var body = new MemoryStream(expected);
        var buffer = new byte[16 * 1024];
        try
        {
            while (await stream.ReadAsync(buffer, either.Token) is var read and > 0)
            {
                if (body.Length + read > limit)
                    return null;
                body.Write(buffer.AsSpan(0, read));
            }
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The body did not arrive in time.", StatusCodes.Status408RequestTimeout, e);
        }

        return body.ToArray();
    }
}
