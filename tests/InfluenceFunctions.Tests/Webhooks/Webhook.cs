using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Webhooks;

/// <summary>Sends deliveries as the sources do, signed with the secrets of the tests.</summary>
internal static class Webhook
{
    public const string NewSecret = "the secret that replaces the old one";

    public const string VerifyToken = "the verify token of the tests";

    private const string Whsec = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public static (string Name, string Value)[] Settings { get; } =
    [
        ("Webhooks__github__Secrets__0", SecretOf("github")),
        ("Webhooks__github__Secrets__1", NewSecret),
        ("Webhooks__standard__Secrets__0", SecretOf("standard")),
        ("Webhooks__slack__Secrets__0", SecretOf("slack")),
        ("Webhooks__discourse__Secrets__0", SecretOf("discourse")),
        ("Webhooks__x__Secrets__0", SecretOf("x")),
        ("Webhooks__linkedin__Secrets__0", SecretOf("linkedin")),
        ("Webhooks__meta__Secrets__0", SecretOf("meta")),
        ("Webhooks__meta__VerifyToken", VerifyToken),
        ("Webhooks__twitch__Secrets__0", SecretOf("twitch")),
    ];

    public static string SecretOf(string source) => source == "standard" ? Whsec : $"the secret of {source} in the tests";

    public static async Task<HttpResponseMessage> SendAsync(
        RunningApp app,
        string source,
        string body,
        (string Name, string Value)[]? headers = null,
        string? secret = null
    )
    {
        using var client = app.NewClient(key: null);
        var bytes = Encoding.UTF8.GetBytes(body);
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/webhooks/{source}") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        foreach (var (name, value) in headers ?? [])
            request.Headers.TryAddWithoutValidation(name, value);
        foreach (var (name, value) in ConnectorRegistry.Find(source)?.Sign(bytes, secret ?? SecretOf(source), Some.Now) ?? [])
            request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }

    /// <summary>Sends and returns the body of the 202; the queue is empty then.</summary>
    public static async Task<JsonElement> TakenAsync(
        RunningApp app,
        string source,
        string body,
        params (string Name, string Value)[] headers
    )
    {
        var response = await SendAsync(app, source, body, headers);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await app.DrainAsync();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static async Task ProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }
}
