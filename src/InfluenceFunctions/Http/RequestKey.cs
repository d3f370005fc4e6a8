using Microsoft.AspNetCore.Http;

namespace InfluenceFunctions.Http;

/// <summary>The key that a caller shows.</summary>
internal static class RequestKey
{
    /// <summary>The writer of the key that the host has let in; it does not say which it was.</summary>
    /// <remarks>As the host looks: the first header, else the first parameter. Who shows two is judged by the same one.</remarks>
    public static Writer WriterOf(HttpRequest request, Writers writers) => writers.Of(Of(request));

    /// <summary>The key; null for none.</summary>
    public static string? Of(HttpRequest request) =>
        request.Headers["x-functions-key"].FirstOrDefault() ?? request.Query["code"].FirstOrDefault();
}
