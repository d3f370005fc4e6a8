using System.Net;
using Influence.Storage;

namespace Influence.Replay.Tests.AppProcess;

public sealed class LocalAppTests : IDisposable
{
    private readonly TestRun run = new();
    private readonly HttpClient http = new();

    public void Dispose()
    {
        http.Dispose();
        run.Dispose();
    }

    [Fact]
    public async Task An_app_is_started_when_none_answers_and_ends_in_order()
    {
        var url = FreeUrl();
        var app = await Starter().EnsureAsync(url, Here, leaveRunning: false, default);
        Assert.NotNull(app.Started);
        await using (var other = await Starter().EnsureAsync(url, Here, leaveRunning: false, default))
            Assert.Null(other.Started);
        await app.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(url));
        var log = await File.ReadAllTextAsync(run.Folder.PathOf("app.log"));
        Assert.Equal("listening\nended in order", log.Trim().ReplaceLineEndings("\n"));
        Assert.Contains("Started the app at", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_left_running_goes_on()
    {
        var url = FreeUrl();
        var app = await Starter().EnsureAsync(url, Here, leaveRunning: true, default);
        using var process = System.Diagnostics.Process.GetProcessById(app.Started!.ProcessId);
        await app.DisposeAsync();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(url, "/api/health"))).StatusCode);
        Eventually.Kill(process, "the app left running");
    }

    [Fact]
    public async Task An_app_that_another_run_uses_is_not_ended_before_that_run()
    {
        var url = FreeUrl();
        var first = await Starter().EnsureAsync(url, Here, leaveRunning: false, default);
        var second = await Starter().EnsureAsync(url, Here, leaveRunning: false, default);
        var ending = first.DisposeAsync().AsTask();
        await Eventually.HoldsAsync("the first run waits", () => run.Output.Contains("waiting for its end", StringComparison.Ordinal));
        Assert.False(ending.IsCompleted);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(url, "/api/health"))).StatusCode);
        await second.DisposeAsync();
        await ending;
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(url));
    }

    [Fact]
    public async Task Of_two_runs_that_begin_at_once_one_starts_the_app()
    {
        var url = FreeUrl();
        var holds = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => Task.Run(() => Starter().EnsureAsync(url, Here, leaveRunning: false, default)))
        );
        Assert.Single(holds, h => h.Started is not null);
        await Task.WhenAll(holds.Select(h => h.DisposeAsync().AsTask()));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(url));
    }

    [Theory]
    [InlineData(200, "<html>hello</html>")]
    [InlineData(200, """{"status":"UP"}""")]
    [InlineData(404, "")]
    public async Task Another_server_is_told_apart_from_the_app(int status, string body)
    {
        await using var other = await OtherServer.StartAsync(status, body);
        var error = await Assert.ThrowsAsync<ReplayFailedException>(() =>
            Starter().EnsureAsync(other.Url, Here, leaveRunning: false, default)
        );
        Assert.StartsWith(
            $"At {other.Url} another server answers, not the influence app ({status} to /api/health): stop it, or give",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Contains($"--url http://127.0.0.1:{other.Url.Port + 1}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_ends_at_once_shows_the_end_of_its_output()
    {
        var dll = Path.Combine(run.Path, "absent.dll");
        var error = await Assert.ThrowsAsync<ReplayFailedException>(() =>
            Starter().EnsureAsync(FreeUrl(), () => new AppLocation(dll, run.Path, run.Path), leaveRunning: false, default)
        );
        Assert.Contains("The app ended before it answered", error.Message, StringComparison.Ordinal);
        Assert.Contains("absent.dll", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Influence.LocalHost")]
    [InlineData("InfluenceFunctions")]
    public void Without_a_build_of_the_app_or_its_host_the_error_says_where_it_should_be(string absent)
    {
        foreach (var built in new[] { "Influence.LocalHost", "InfluenceFunctions" }.Where(p => p != absent))
            File.WriteAllText(
                Path.Combine(Directory.CreateDirectory(Path.Combine(run.Path, "bin", built, "debug")).FullName, $"{built}.dll"),
                ""
            );
        var error = Assert.Throws<ReplayFailedException>(() =>
            AppLocation.Find(Path.Combine(run.Path, "bin", "Influence.Replay", "debug") + Path.DirectorySeparatorChar)
        );
        Assert.Contains(Path.Combine(run.Path, "bin", absent, "debug", $"{absent}.dll"), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("debug")]
    [InlineData("release")]
    public void The_app_is_the_one_built_beside_in_the_same_configuration(string configuration)
    {
        var bin = Path.Combine(run.Path, "artifacts", "bin");
        var app = Directory.CreateDirectory(Path.Combine(bin, "InfluenceFunctions", configuration)).FullName;
        File.WriteAllText(Path.Combine(app, "InfluenceFunctions.dll"), "");
        var host = Path.Combine(
            Directory.CreateDirectory(Path.Combine(bin, "Influence.LocalHost", configuration)).FullName,
            "Influence.LocalHost.dll"
        );
        File.WriteAllText(host, "");
        File.WriteAllText(Path.Combine(run.Path, "InfluenceFunctions.sln"), "");
        Assert.Equal(
            new AppLocation(host, app, run.Path),
            AppLocation.Find(Path.Combine(bin, "Influence.Replay", configuration) + Path.DirectorySeparatorChar)
        );
    }

    private AppStart Starter() => new(http, run.Folder, run.Reporter, TimeProvider.System);

    private AppLocation Here() => new(typeof(ChildApp).Assembly.Location, run.Path, run.Path);

    private static Uri FreeUrl() => new($"http://127.0.0.1:{FreePorts.Next()}");
}
