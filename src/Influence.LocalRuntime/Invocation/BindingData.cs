using System.Globalization;
using System.Text.Json;
using Azure.Storage.Queues.Models;
using Microsoft.AspNetCore.Http;

namespace Influence.LocalRuntime.Invocation;

/// <summary>What the host offers to a function by name, beside its trigger.</summary>
/// <remarks>
/// As the Functions host does it, the sender's own names come with it: properties of a JSON message lie over the queue's metadata, and the
/// query and body of a request are offered beside its route values, which win. So nothing may rely on such a name, and a parameter that
/// one of them could fill fails for some callers.
/// </remarks>
internal static class BindingData
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static Dictionary<string, object?> None => new(StringComparer.OrdinalIgnoreCase);

    public static Dictionary<string, object?> Of(QueueMessage message, string text)
    {
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
        {
            ["QueueTrigger"] = text,
            ["Id"] = message.MessageId,
            ["PopReceipt"] = message.PopReceipt,
            ["DequeueCount"] = message.DequeueCount.ToString(CultureInfo.InvariantCulture),
            ["InsertionTime"] = Text(message.InsertedOn),
            ["ExpirationTime"] = Text(message.ExpiresOn),
            ["NextVisibleTime"] = Text(message.NextVisibleOn),
        };
        Lay(text, data);
        return data;
    }

    /// <summary>Those of a request; leaves its body to be read again.</summary>
    /// <param name="request">The request.</param>
    /// <param name="hasBody">Whether the body's properties are wanted: they cost its parsing.</param>
    /// <param name="cancellationToken">The caller is gone.</param>
    public static async Task<Dictionary<string, object?>> OfAsync(HttpRequest request, bool hasBody, CancellationToken cancellationToken)
    {
        var data = None;
        if (hasBody)
            Lay(await BodyAsync(request, cancellationToken), data);
        foreach (var (name, value) in request.Query)
            data[name] = value.ToString();
        // A route value is decoded but for %2F, which is just what ASP.NET Core gives.
        foreach (var (name, value) in request.RouteValues)
            data[name] = value;
        return data;
    }

    // Every property but arrays, as text.
    private static void Lay(string text, Dictionary<string, object?> data)
    {
        if (!text.AsSpan().TrimStart().StartsWith('{'))
            return;
        try
        {
            using var json = JsonDocument.Parse(text, Lenient);
            foreach (var property in json.RootElement.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Array))
                data[property.Name] = property.Value.ToString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON after all, or text that is no Unicode.
        }
    }

    private static async Task<string> BodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        request.EnableBuffering();
        using var reader = new StreamReader(request.Body, leaveOpen: true);
        var text = await reader.ReadToEndAsync(cancellationToken);
        request.Body.Position = 0;
        return text;
    }

    private static string? Text(DateTimeOffset? moment) => moment?.ToString("O", CultureInfo.InvariantCulture);
}
