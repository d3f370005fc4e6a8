using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>What middleware can ask about an HTTP function's invocation.</summary>
public static class FunctionContextExtensions
{
    // The key the worker's ASP.NET Core extension uses.
    internal const string HttpContextKey = "HttpRequestContext";

    /// <summary>The HTTP exchange; null for a function with another trigger.</summary>
    /// <param name="context">The invocation.</param>
    public static HttpContext? GetHttpContext(this FunctionContext context) =>
        context.Items.TryGetValue(HttpContextKey, out var value) ? value as HttpContext : null;
}
