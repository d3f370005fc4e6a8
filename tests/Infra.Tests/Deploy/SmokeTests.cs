using System.Diagnostics;
using Influence.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Infra.Tests.Deploy;

/// <summary>.ci/smoke against an app that answers as it is told: what is bad is noticed.</summary>
public sealed class SmokeTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<string, string> Good = new(StringComparer.Ordinal)
    {
        ["/api/health"] = """{"status":"healthy"}""",
        ["/api/v1/policy"] = """{"version":1}""",
        ["/api/v1/leaderboards"] = """{"leaderboards":[]}""",
        ["/api/v1/leaderboards/global"] = """{"rows":[{"rank":1,"id":"web:a/b é","score":50.5}]}""",
        ["/api/v1/profiles/web%3Aa%2Fb%20%C3%A9"] = """{"id":"web:a/b é","score":50.5}""",
    };

    [Fact]
    public async Task An_app_that_serves_passes_and_a_score_is_read()
    {
        var (code, said) = await SmokeAsync(Good);
        Assert.True(code == 0, said);
        Assert.Contains("of the first of the board", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_first_board_the_card_of_nobody_is_asked_for()
    {
        var (code, said) = await SmokeAsync(Good.Where(a => !a.Key.EndsWith("global", StringComparison.Ordinal)));
        Assert.True(code == 0, said);
        Assert.Contains("nobody", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/health", "after 2 tries still not")]
    [InlineData("/api/v1/policy", "GET /api/v1/policy answered 404, not 200")]
    [InlineData("/api/v1/profiles/web%3Aa%2Fb%20%C3%A9", "answered 404, not 200")]
    public async Task What_is_missing_is_told(string address, string told)
    {
        var (code, said) = await SmokeAsync(Good.Where(a => a.Key != address));
        Assert.Contains(told, said, StringComparison.Ordinal);
        Assert.NotEqual(0, code);
    }

    [Fact]
    public async Task A_card_without_a_score_is_told()
    {
        var answers = new Dictionary<string, string>(Good, StringComparer.Ordinal) { ["/api/v1/profiles/web%3Aa%2Fb%20%C3%A9"] = "{}" };
        var (code, said) = await SmokeAsync(answers);
        Assert.Contains("has no score", said, StringComparison.Ordinal);
        Assert.NotEqual(0, code);
    }

    private static async Task<(int Code, string Said)> SmokeAsync(IEnumerable<KeyValuePair<string, string>> answers)
    {
        var known = answers.ToDictionary(StringComparer.Ordinal);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(async context =>
        {
            // As it was sent: the path of the request is decoded already.
            var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget.Split('?')[0];
            context.Response.StatusCode = known.ContainsKey(target) ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
            await context.Response.WriteAsync(known.GetValueOrDefault(target, """{"status":404}"""), context.RequestAborted);
        });
        await app.StartAsync(CancellationToken.None);
        return await RunAsync(app.Urls.Single());
    }

    private static async Task<(int Code, string Said)> RunAsync(string url)
    {
        var start = new ProcessStartInfo(Path.Combine(Template.Root, ".ci", "smoke"), [url])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["SMOKE_TRIES"], start.Environment["SMOKE_PAUSE"]) = ("2", "0");
        using var smoke = Process.Start(start)!;
        var (output, error) = (smoke.StandardOutput.ReadToEndAsync(), smoke.StandardError.ReadToEndAsync());
        await Eventually.EndsAsync(smoke, ".ci/smoke", Longest);
        return (smoke.ExitCode, await output + await error);
    }
}
