using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Influence.Replay.Tests.Support;

/// <summary>A real server that answers as the API does and remembers what it was sent.</summary>
internal sealed class FakeApi : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly List<string[]> taken = [];
    private int posts;
    private int depth = 3;
    private int polls;

    private FakeApi(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        app = builder.Build();
        app.MapPost("/api/v1/interactions", (Delegate)PostAsync);
        app.MapPost("/api/v1/imports", (Delegate)PostAsync);
        app.MapGet("/api/v1/profiles/{id}", (string id) => Holds(id) ? Results.Json(new { id }) : Results.NotFound());
        app.MapGet("/api/v1/profiles/{id}/explanation", (string id) => FakeBoard.Explained(ExplanationStatus, id));
        app.MapGet("/api/health", () => Results.Json(Health()));
        app.MapPost("/api/v1/leaderboards/publications", PublishAsync);
        app.MapPost("/api/v1/verifications", (Delegate)VerifyAsync);
        app.MapGet(
            "/api/v1/leaderboards/publications/{id}",
            (string id) =>
                Results.Json(
                    new
                    {
                        id,
                        status = ++polls < 3 ? "running" : PublicationEndsAs,
                        boards = 7,
                        accounts = 1234,
                    }
                )
        );
        app.MapGet(
            "/api/v1/leaderboards/{board}",
            (string board, int top) =>
                board == "global" ? Results.Json(FakeBoard.Of(top)) : Results.Problem("There is no such board.", statusCode: 404)
        );
    }

    public Uri Url => new(app.Urls.First());

    /// <summary>What goes wrong with the n-th post, from 0.</summary>
    public Func<int, Trouble> TroubleWith { get; set; } = _ => Trouble.None;

    /// <summary>Called after each batch that is taken, before it is answered.</summary>
    public Func<Task> OnTaken { get; set; } = () => Task.CompletedTask;

    /// <summary>The items that are refused.</summary>
    public Func<string, bool> Refuses { get; set; } = _ => false;
    public string PublicationEndsAs { get; set; } = "published";

    /// <summary>The status of explanations; 404 as a server has it that lacks the route.</summary>
    public int ExplanationStatus { get; set; } = 404;

    /// <summary>Whether a verification finds something.</summary>
    public bool HasDrift { get; set; } = true;

    /// <summary>The body of the last verification asked for.</summary>
    public string? Verified { get; private set; }
    public List<string> Dates { get; } = [];

    public int Published { get; private set; }
    public List<string?> Keys { get; } = [];

    /// <summary>Where the batches were sent, in the order of <see cref="Keys"/>.</summary>
    public List<string?> Paths { get; } = [];

    /// <summary>The batches taken, each as its lines.</summary>
    public IReadOnlyList<string[]> Taken
    {
        get
        {
            lock (taken)
                return [.. taken];
        }
    }

    /// <summary>Loses all that was taken, as after its data was removed.</summary>
    public void Forget()
    {
        lock (taken)
            taken.Clear();
    }

    public static async Task<FakeApi> StartAsync(string url = "http://127.0.0.1:0")
    {
        var api = new FakeApi(url);
        await api.app.StartAsync();
        return api;
    }

    public Task StoppedAsync() => app.WaitForShutdownAsync(CancellationToken.None);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task<IResult> PostAsync(HttpContext context)
    {
        lock (Keys)
        {
            Keys.Add(context.Request.Headers["x-functions-key"]);
            Paths.Add(context.Request.Path);
        }

        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var trouble = TroubleWith(Interlocked.Increment(ref posts) - 1);
        if (trouble is Trouble.None or Trouble.DroppedAfter)
        {
            lock (taken)
                taken.Add(body.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            await OnTaken();
        }

        if (trouble is Trouble.Dropped or Trouble.DroppedAfter)
            context.Abort();
        if (trouble is Trouble.Busy or Trouble.Throttled)
            context.Response.Headers.RetryAfter = "1";
        return trouble switch
        {
            Trouble.Busy => Results.Problem("The queue cannot be reached.", statusCode: 503),
            Trouble.TooFast or Trouble.Throttled => Results.StatusCode(429),
            Trouble.Broken => Results.Problem(
                "It broke in the middle.",
                statusCode: 500,
                extensions: new Dictionary<string, object?> { ["code"] = "broken" }
            ),
            _ => Answer(context.Request, body.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
        };
    }

    private bool Holds(string id)
    {
        lock (taken)
            return taken.Any(b => b.Any(l => l.Contains($"\"{id}\"", StringComparison.Ordinal)));
    }

    private IResult Answer(HttpRequest request, string[] lines)
    {
        if (request.ContentType != "application/x-ndjson")
            return Results.StatusCode(415);
        var rejected = lines
            .Index()
            .Where(l => Refuses(l.Item))
            .Select(l => new
            {
                index = l.Index,
                id = (string?)null,
                code = "too_old",
                message = "'at' is more than 90 days ago.",
            });
        var answer = new
        {
            batch = "b",
            accepted = lines.Length - rejected.Count(),
            rejected,
            // Nobody asks the fake for the moment: every second line.
            old = request.Path == "/api/v1/imports" ? lines.Length / 2 : (int?)null,
        };
        return Results.Json(answer, JsonSerializerOptions.Web, statusCode: answer.accepted > 0 ? 202 : 422);
    }

    private object Health() =>
        new
        {
            status = "ok",
            dependencies = new[] { new { name = "tables", status = "ok" }, new { name = "queues", status = "ok" } },
            queues = new[]
            {
                new
                {
                    name = "shards",
                    depth = 9,
                    oldestSeconds = 1.5,
                },
                new
                {
                    name = "interactions",
                    depth = Math.Max(0, depth--),
                    oldestSeconds = 0.5,
                },
            },
        };

    private async Task<IResult> VerifyAsync(HttpContext context)
    {
        lock (Keys)
            Keys.Add(context.Request.Headers["x-functions-key"]);
        using var reader = new StreamReader(context.Request.Body);
        Verified = await reader.ReadToEndAsync(context.RequestAborted);
        if (Verified.Contains("\"bad\"", StringComparison.Ordinal))
            return Results.Problem("'accounts[0]' is not an account.", statusCode: 400);
        var drift = new
        {
            id = "net:[b]",
            what = "influence",
            stored = 4.5,
            recomputed = 3.0,
            points = -1.5,
        };
        return Results.Json(
            new
            {
                @checked = 200,
                drifted = HasDrift ? new[] { drift } : [],
                driftedAccounts = HasDrift ? 1 : 0,
                repaired = 0,
                unknown = new[] { "net:old" },
                failed = Array.Empty<object>(),
                older = new[]
                {
                    new
                    {
                        id = "net:a",
                        ties = 2,
                        interactions = 3,
                        counted = 0.5,
                    },
                },
            }
        );
    }

    private async Task<IResult> PublishAsync(HttpRequest request)
    {
        Published++;
        var body = await request.ReadFromJsonAsync<PublicationRequest>(request.HttpContext.RequestAborted);
        Dates.Add($"{body!.Date:O}");
        lock (Keys)
            Keys.Add(request.Headers["x-functions-key"]);
        var running = new Publication("p1", new DateOnly(2026, 11, 24), PublicationStatus.Running, default);
        return Results.Accepted("/api/v1/leaderboards/publications/p1", running);
    }
}
