using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;

namespace Influence.Pipeline.Tests.Webhooks;

/// <summary>What stands after several of <c>samples/cases</c>.</summary>
/// <remarks>By the rule that an undo cancels what it matches up to its moment.</remarks>
public sealed class TakingBackTests : IAsyncLifetime
{
    private static readonly Dictionary<string, JsonObject> Cases = File.ReadLines(CasesFile())
        .Select(line => JsonNode.Parse(line)!.AsObject())
        .ToDictionary(c => ((string)c["name"]!).Split(' ')[0]);

    private static readonly string[] Sources = ["github", "slack", "discourse", "activitystreams"];

    private readonly App app = new(
        now: new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero),
        settings: [.. Sources.Select(s => ($"Webhooks:{s}:Secrets:0", SecretOf(s)))]
    );

    private readonly List<Fact> facts = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await app.DisposeAsync();

    /// <summary>The names of cases in their order of arrival, each a day after the other.</summary>
    [Theory]
    [InlineData("G5a G5b", "")]
    [InlineData("G5b G5a", "")]
    [InlineData("G5a G5b G5a", "")]
    [InlineData("S7a S7b", "post")]
    [InlineData("S7b S7a S7b", "post")]
    [InlineData("D4a D4b", "post")]
    [InlineData("D4b D4a", "post")]
    [InlineData("G1a G20", "post")]
    [InlineData("G20 G1a", "post")]
    [InlineData("G1a G1b", "post mention")]
    [InlineData("G6a G6b", "")]
    [InlineData("G6a G6c", "")]
    [InlineData("G6b G6a", "")]
    [InlineData("G6a G6a", "like")]
    [InlineData("F6a F6b", "")]
    [InlineData("F6a F6b F6b", "")]
    [InlineData("F1b F1c", "follow follow")]
    public async Task What_was_counted_is_taken_back_whole(string names, string standing)
    {
        foreach (var name in names.Split(' '))
        {
            await SendAsync(Cases[name], name);
            app.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(standing, Standing());
    }

    /// <summary>An upper-case letter stars or unstars; in lower case the same delivery is sent again.</summary>
    [Theory]
    [InlineData("SU", 0)]
    [InlineData("SUS", 1)]
    [InlineData("SUSu", 1)]
    [InlineData("SUSus", 1)]
    [InlineData("SUSUs", 0)]
    [InlineData("SUSUsu", 0)]
    public async Task A_star_is_one_star_however_often_it_ends(string steps, int stars)
    {
        var sent = new Dictionary<char, (JsonObject Case, string Delivery)>();
        foreach (var (i, step) in steps.Index())
        {
            if (char.IsUpper(step))
            {
                var body = JsonNode.Parse((string)Cases[step == 'S' ? "G6a" : "G6b"]["body"]!)!.AsObject();
                body["starred_at"] = step == 'S' ? app.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'") : null;
                var one = Cases["G6a"].DeepClone().AsObject();
                one["body"] = body.ToJsonString();
                sent[char.ToLowerInvariant(step)] = (one, $"delivery {i}");
            }

            var (star, delivery) = sent[char.ToLowerInvariant(step)];
            await SendAsync(star, delivery);
            app.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(string.Join(' ', Enumerable.Repeat("like", stars)), Standing());
    }

    [Fact]
    public async Task A_follow_after_an_undo_stands_also_when_the_undo_comes_again()
    {
        var again = Cases["F6a"].DeepClone().AsObject();
        again["body"] = ((string)again["body"]!).Replace("m.example/A", "m.example/C", StringComparison.Ordinal);
        foreach (var one in new[] { Cases["F6a"], Cases["F6b"], again, Cases["F6b"] })
        {
            await SendAsync(one, "");
            app.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal("follow", Standing());
    }

    private string Standing() =>
        string.Join(
            ' ',
            facts
                .OfType<Interaction>()
                .DistinctBy(i => (i.Actor, i.Target, i.Id, i.At))
                .Where(i => !facts.OfType<Undo>().Any(u => Cancels(u, i)))
                .Select(i => i.Type.ToString().ToLowerInvariant())
        );

    private static bool Cancels(Undo undo, Interaction done) =>
        (undo.Original.Actor, undo.Original.Target) == (done.Actor, done.Target)
        && done.At <= undo.At
        && (undo.Original.Id is { } id ? id == done.Id : (undo.Original.Type, undo.Original.Object) == (done.Type, done.Object));

    private async Task SendAsync(JsonObject one, string delivery)
    {
        var (source, body) = ((string)one["source"]!, Encoding.UTF8.GetBytes((string)one["body"]!));
        var headers = ConnectorRegistry
            .Find(source)!
            .Sign(body, SecretOf(source), app.Now)
            .Concat(one["headers"]!.AsObject().Select(h => KeyValuePair.Create(h.Key, (string)h.Value!)))
            .Append(new("X-GitHub-Delivery", delivery))
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
        var result = await app.Get<WebhookReceiver>()
            .TakeSignedAsync(source, new Delivery(body, headers.GetValueOrDefault, _ => null), default);
        Assert.Equal((WebhookOutcome.Taken, 0), (result.Outcome, result.Batch!.Rejected.Count));
        facts.AddRange((await app.ReceiveAsync()).SelectMany(m => FactsCodec.Read(m).Facts));
    }

    private static string SecretOf(string source) =>
        source == "activitystreams" ? "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" : $"the secret of {source}";

    private static string CasesFile([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "samples", "cases", "webhooks.jsonl"));
}
