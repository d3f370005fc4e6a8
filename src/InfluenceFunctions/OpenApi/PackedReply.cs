using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace InfluenceFunctions.OpenApi;

/// <summary>An answer whose body is in Brotli already; <see cref="Reply"/> would pack it at each request.</summary>
internal sealed class PackedReply(byte[] body, string contentType, string cacheControl) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = cacheControl;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.Headers.ContentEncoding = "br";
        if (!HttpMethods.IsHead(request.Method))
            await response.Body.WriteAsync(body, context.HttpContext.RequestAborted);
    }
}
