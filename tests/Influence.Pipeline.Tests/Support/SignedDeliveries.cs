using System.Text;

namespace Influence.Pipeline.Tests.Support;

/// <summary>Signed deliveries that show who is who, and what is suggested of it.</summary>
internal sealed class SignedDeliveries : IAsyncDisposable
{
    private const string Secret = "a secret of the tests";
    private const string Key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public App App { get; } = new(settings: Settings);

    public RenameSuggestions Suggestions => App.Get<RenameSuggestions>();

    private static (string, string)[] Settings => [("Webhooks:github:Secrets:0", Secret), ("Webhooks:activitystreams:Secrets:0", Key)];

    /// <summary>Another host on the same storage.</summary>
    public App Other() => new(beside: App, settings: Settings);

    public ValueTask DisposeAsync() => App.DisposeAsync();

    public async Task<List<(string From, string To)>> ListAsync() =>
        [.. (await Suggestions.ListAsync(default)).Suggestions.Select(s => (s.From, s.To))];

    public static string Moved(string from) =>
        $$"""
            {"type":"Move","actor":"https://{{from}}.example/users/mira","object":"https://{{from}}.example/users/mira",
            "target":"https://b.example/users/mira"}
            """;

    public static string Known(string from) =>
        $$"""
            {"type":"Update","actor":"https://b.example/users/mira","object":{"id":"https://b.example/users/mira","type":"Person",
            "alsoKnownAs":["https://{{from}}.example/users/mira"]} }
            """;

    public Task StarAsync(int id, string login, long age = 0, App? host = null) =>
        SignedAsync(
            "github",
            Secret,
            $$"""
            {"action":"created","starred_at":"{{App.Clock.GetUtcNow().AddSeconds(-age):yyyy-MM-ddTHH:mm:ssZ}}",
            "sender":{"login":"{{login}}","id":{{id}},"type":"User"},
            "repository":{"id":7,"html_url":"https://github.com/acme/tool","owner":{"login":"acme","id":900,"type":"Organization"} } }
            """,
            host,
            ("X-GitHub-Event", "star")
        );

    public Task ActAsync(string body, App? host = null) => SignedAsync("activitystreams", Key, body, host);

    private async Task SignedAsync(string source, string secret, string body, App? host, params (string Name, string Value)[] headers)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var signed = ConnectorRegistry
            .Find(source)!
            .Sign(bytes, secret, App.Now)
            .Concat(headers.Select(h => KeyValuePair.Create(h.Name, h.Value)))
            .ToDictionary(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase);
        var delivery = new Delivery(bytes, signed.GetValueOrDefault, _ => null);
        var result = await (host ?? App).Get<WebhookReceiver>().TakeSignedAsync(source, delivery, default);
        Assert.Equal(WebhookOutcome.Taken, result.Outcome);
    }
}
