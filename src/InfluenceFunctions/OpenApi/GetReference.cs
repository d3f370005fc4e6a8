using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.OpenApi;

/// <summary><c>GET /docs</c>: a page that shows the API's description and makes its calls.</summary>
/// <remarks>Its links are relative, so that it works under a path prefix and behind a proxy.</remarks>
public sealed class GetReference(ReferenceFiles files)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'";

    private const int KeptSeconds = 300;

    /// <summary>Runs the function.</summary>
    [Function(nameof(GetReference))]
    public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "docs")] HttpRequest request) =>
        request.Path.Value!.EndsWith('/')
            // The links would lead one folder too deep.
            ? new Reply(StatusCodes.Status308PermanentRedirect, [], "text/plain").With("Location", "../docs")
            : new Reply(StatusCodes.Status200OK, Encoding.UTF8.GetBytes(Page()), "text/html; charset=utf-8")
                .With("Content-Security-Policy", Policy)
                .With("Referrer-Policy", "no-referrer")
                .KeptFor(KeptSeconds);

    private string Page() =>
        $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>InfluenceFunctions: the API</title>
            <link rel="icon" type="image/png" href="docs/{files.AddressOf("favicon-32x32.png")}">
            <link rel="stylesheet" href="docs/{files.AddressOf("swagger-ui.css")}">
            <script defer src="docs/{files.AddressOf("swagger-ui-bundle.js")}"></script>
            <script defer src="docs/{files.AddressOf("reference.js")}"></script>
            </head>
            <body>
            <main id="reference"></main>
            <noscript><p>This page needs JavaScript; <a href="api/openapi.json">the description</a> does not.</p></noscript>
            <footer><small><a href="docs/{files.AddressOf("LICENSE")}">Licence</a> and <a href="docs/{files.AddressOf("NOTICE")}">notice</a>
            of Swagger UI; <a href="docs/{files.AddressOf(
                "swagger-ui-bundle.js.LICENSE.txt"
            )}">licences</a> of what is in it.</small></footer>
            </body>
            </html>
            """;
}
