using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Infra.Tests;

/// <summary>The one list of what the app offers, against the attributes and the docs.</summary>
public sealed class FunctionListTests
{
    private static readonly string[] Functions =
    [
        "AllowEvents: OPTIONS /api/v1/interactions (Function)",
        "DeleteExpired: timer 0 40 3 * * *",
        "DeleteProfile: DELETE /api/v1/profiles/{id} (Admin)",
        "DiscardDeadLetter: DELETE /api/v1/dead-letters/{id} (Admin)",
        "DismissRenameSuggestion: DELETE /api/v1/profiles/suggestions/{id} (Admin)",
        "EraseAccount: DELETE /api/v1/accounts/{id} (Admin)",
        "ExportAccount: GET /api/v1/accounts/{id}/export (Admin)",
        "FindRenameSuggestions: GET /api/v1/profiles/suggestions (Admin)",
        "GetAsset: GET,HEAD /assets/{name} (Anonymous)",
        "GetAudienceNotices: GET /api/v1/audiences/notices (Admin)",
        "GetAudit: GET /api/v1/audit (Admin)",
        "GetBadge: GET,HEAD /api/v1/profiles/{id}/badge.svg (Anonymous)",
        "GetBadgeJson: GET,HEAD /api/v1/profiles/{id}/badge.json (Anonymous)",
        "GetBoardPage: GET,HEAD /boards/{board} (Anonymous)",
        "GetDeadLetter: GET /api/v1/dead-letters/{id} (Admin)",
        "GetErasure: GET /api/v1/erasures/{id} (Admin)",
        "GetExplanation: GET,HEAD /api/v1/profiles/{id}/explanation (Anonymous)",
        "GetHealth: GET,HEAD /api/health (Anonymous)",
        "GetHistory: GET,HEAD /api/v1/profiles/{id}/history (Anonymous)",
        "GetHowPage: GET,HEAD /how (Anonymous)",
        "GetLeaderboard: GET,HEAD /api/v1/leaderboards/{board} (Anonymous)",
        "GetLeaderboardAround: GET,HEAD /api/v1/leaderboards/{board}/around/{id} (Anonymous)",
        "GetLive: GET,HEAD /api/health/live (Anonymous)",
        "GetOEmbed: GET,HEAD /oembed (Anonymous)",
        "GetOpenApi: GET,HEAD /api/openapi.json (Anonymous)",
        "GetPolicy: GET,HEAD /api/v1/policy (Anonymous)",
        "GetPolicyPage: GET,HEAD /policy (Anonymous)",
        "GetProfile: GET,HEAD /api/v1/profiles/{id} (Anonymous)",
        "GetProfileFrame: GET,HEAD /profiles/{id}/embed (Anonymous)",
        "GetProfileImage: GET,HEAD /profiles/{id}/image.png (Anonymous)",
        "GetProfilePage: GET,HEAD /profiles/{id} (Anonymous)",
        "GetPublication: GET /api/v1/leaderboards/publications/{id} (Admin)",
        "GetReady: GET,HEAD /api/health/ready (Anonymous)",
        "GetReference: GET,HEAD /docs (Anonymous)",
        "GetReferenceAsset: GET,HEAD /docs/{file} (Anonymous)",
        "GetStartPage: GET,HEAD /{ignored:maxlength(0)?} (Anonymous)",
        "KeepDeadInteractions: queue interactions-poison",
        "KeepDeadPublications: queue shards-poison",
        "ListDeadLetters: GET /api/v1/dead-letters (Admin)",
        "ListLeaderboards: GET,HEAD /api/v1/leaderboards (Anonymous)",
        "ListProfiles: GET,HEAD /api/v1/profiles (Anonymous)",
        "PublishBoards: queue shards",
        "PublishLeaderboards: timer %PublishSchedule%",
        "PutProfile: PUT /api/v1/profiles/{id} (Admin)",
        "RecomputeScores: queue interactions",
        "RequestPublication: POST /api/v1/leaderboards/publications (Admin)",
        "RetryDeadLetter: POST /api/v1/dead-letters/{id}/retry (Admin)",
        "SetStanding: PUT /api/v1/accounts/{id}/standing (Admin)",
        "TakeForwardedWebhook: POST /api/v1/forwarded/{source} (Function)",
        "TakeImport: POST /api/v1/imports (Admin)",
        "TakeInteractions: POST /api/v1/interactions (Function)",
        "TakeMetrics: POST /api/v1/metrics (Function)",
        "TakeWebhook: GET,POST /api/v1/webhooks/{source} (Anonymous)",
        "VerifyAccounts: POST /api/v1/verifications (Admin)",
        "WatchPublications: timer 0 */5 * * * *",
        "WatchQueues: timer 0 */2 * * * *",
        "WrongCall: GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS /api/{*path} (Anonymous)",
    ];

    [Fact]
    public void The_list_is_what_the_attributes_say()
    {
        var types = typeof(WatchQueues).Assembly.GetTypes();
        var methods = types
            .SelectMany(t => t.GetMethods())
            .Select(m => (Method: m, Function: m.GetCustomAttribute<FunctionAttribute>()))
            .Where(m => m.Function is not null);
        Assert.Equal(Functions, methods.Select(m => $"{m.Function!.Name}: {Trigger(m.Method)}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_list_is_what_the_docs_say() => Assert.Equal(Functions, Docs.Rows("## What runs").Select(r => $"{r[0]}: {r[1]}"));

    // Azure's host asks routes in the order of their functions' names (azure-functions-host, issue 9876), where others prefer the more
    // literal one.
    [Fact]
    public void A_literal_route_is_asked_before_one_with_a_parameter_in_its_place()
    {
        var routes = Functions
            .Select(f => f.Split(": ", 2))
            .Where(f => f[1].Contains("/api/", StringComparison.Ordinal))
            .Select(f => (Name: f[0], Verbs: f[1].Split(' ')[0].Split(','), Route: f[1].Split(' ')[1].Split('/')))
            .ToArray();
        foreach (var literal in routes)
        foreach (var other in routes.Where(o => o.Name != literal.Name && o.Verbs.Intersect(literal.Verbs).Any()))
            if (IsHiddenBy(literal.Route, other.Route))
                Assert.True(
                    string.Compare(literal.Name, other.Name, StringComparison.OrdinalIgnoreCase) < 0,
                    $"{other.Name} would answer for {literal.Name}"
                );
    }

    [Fact]
    public void What_answers_every_address_below_api_is_asked_last()
    {
        var calls = Functions.Where(f => f.Contains(" /api/", StringComparison.Ordinal)).Select(f => f.Split(':')[0]);
        Assert.Equal("WrongCall", calls.Max(StringComparer.OrdinalIgnoreCase));
    }

    private static bool IsHiddenBy(string[] route, string[] other) =>
        route.Length == other.Length && route.Zip(other).All(s => s.First == s.Second || s.Second.StartsWith('{'));

    [Fact]
    public void Every_queue_has_one_function() =>
        Assert.All(
            typeof(QueueNames).GetFields().Select(f => (string)f.GetRawConstantValue()!),
            q => Assert.Single(Functions, f => f.EndsWith($": queue {q}", StringComparison.Ordinal))
        );

    private static string Trigger(MethodInfo method) =>
        method
            .GetParameters()
            .SelectMany(p => p.GetCustomAttributes())
            .Select(a =>
                a switch
                {
                    HttpTriggerAttribute http =>
                        $"{string.Join(',', http.Methods ?? []).ToUpperInvariant()} /{http.Route} ({http.AuthLevel})",
                    QueueTriggerAttribute queue => $"queue {queue.QueueName}",
                    TimerTriggerAttribute timer => $"timer {timer.Schedule}",
                    _ => null,
                }
            )
            .First(t => t is not null)!;
}
