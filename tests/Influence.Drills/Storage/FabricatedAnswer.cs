using System.Text;
using Microsoft.AspNetCore.Http;

namespace Influence.Drills.Storage;

/// <summary>Answers that storage did not give: in its own words, or in those of something on the way.</summary>
internal static class FabricatedAnswer
{
    public static async Task WriteAsync(HttpContext context, Service service, Fault fault)
    {
        var (status, code) = fault switch
        {
            Fault.Status500 => (500, "InternalError"),
            Fault.Status503 => (503, "ServerBusy"),
            Fault.Status409 => (409, service == Service.Tables ? "EntityAlreadyExists" : "ResourceAlreadyExists"),
            Fault.Status412 => (412, service == Service.Tables ? "UpdateConditionNotSatisfied" : "ConditionNotMet"),
            Fault.Status403 => (403, "AuthenticationFailed"),
            Fault.Page => (200, null),
            Fault.Json503 => (503, null),
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Not an answer."),
        };
        var response = context.Response;
        response.StatusCode = status;
        if (code is not null)
            response.Headers["x-ms-error-code"] = code;
        (response.ContentType, var body) = (fault, service) switch
        {
            (Fault.Page, _) => ("text/html", "<!doctype html><html><body><h1>Sign in to the network</h1></body></html>"),
            (Fault.Json503, _) => ("application/json", """{"error":"upstream connect error","code":14}"""),
            (_, Service.Tables) => (
                "application/json;odata=minimalmetadata",
                $$"""{"odata.error":{"code":"{{code}}","message":{"lang":"en-US","value":"Made up by a drill."} } }"""
            ),
            _ => (
                "application/xml",
                $"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>Made up by a drill.</Message></Error>"
            ),
        };
        var bytes = Encoding.UTF8.GetBytes(body);
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(bytes, CancellationToken.None);
    }
}
