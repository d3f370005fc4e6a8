using System.Net;
using System.Text.Json;

namespace Influence.Replay.AppProcess;

/// <summary>Sees that an app answers: the one at the URL, else one that is started here.</summary>
internal sealed class AppStart(HttpClient http, Folder folder, Reporter reporter, TimeProvider clock)
{
    private const string LogName = "app.log";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    // The first start ever installs Azurite, over whatever line there is; an app that cannot go on ends by itself.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    // Stopping it takes seconds; starting it as above.
    private static readonly TimeSpan LongestStop = TimeSpan.FromMinutes(2);

    /// <summary>Starts the app when nothing listens at a URL of this machine.</summary>
    /// <param name="url">The app's URL.</param>
    /// <param name="find">Finds the app's build.</param>
    /// <param name="leaveRunning">Whether it shall go on when this process ends.</param>
    /// <param name="cancellationToken">Ends the wait, and the app with it.</param>
    /// <returns>The use of the app, until the run ends.</returns>
    public async Task<AppHold> EnsureAsync(Uri url, Func<AppLocation> find, bool leaveRunning, CancellationToken cancellationToken)
    {
        if (!url.IsLoopback)
            return await IsThereAsync(url, cancellationToken)
                ? new AppHold(url, null, null, reporter, clock)
                : throw new ReplayFailedException($"{url} does not answer.");
        var use = await AppUse.JoinAsync(
            url,
            LongestStop,
            () => reporter.Note($"Another run stops the app at {url}: waiting for that."),
            clock,
            cancellationToken
        );
        try
        {
            return new AppHold(url, use, await StartAsync(url, find, leaveRunning, cancellationToken), reporter, clock);
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    // Null when it runs already.
    private async Task<LocalApp?> StartAsync(Uri url, Func<AppLocation> find, bool leaveRunning, CancellationToken cancellationToken)
    {
        if (await IsThereAsync(url, cancellationToken))
            return null;
        using var starting = await AppUse.StartingAsync(
            url,
            Longest,
            () => reporter.Note($"Another run starts the app at {url}: waiting for that."),
            clock,
            cancellationToken
        );
        if (await IsThereAsync(url, cancellationToken))
            return null;
        var app = LocalApp.Start(find(), url, folder.PathOf(LogName), leaveRunning, clock);
        try
        {
            await reporter.StepAsync($"Starting the app at {url}", () => AnswersAsync(app, url, cancellationToken));
            reporter.Line($"Started the app at {url} (process {app.ProcessId}, output in {Path.Combine(Folder.DefaultName, LogName)}).");
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private async Task<bool> IsThereAsync(Uri url, CancellationToken cancellationToken)
    {
        var (status, isApp) = await StatusAsync(url, cancellationToken);
        // What stands before a remote app may answer for it while it is away: that is waited out later.
        if (status is null || isApp || (int)status >= 500)
            return status is not null;
        var other = new UriBuilder(url) { Port = url.Port + 1 }.Uri.GetLeftPart(UriPartial.Authority);
        throw new ReplayFailedException(
            $"At {url} another server answers, not the influence app ({(int)status} to /api/health): stop it, or give another address, "
                + $"as in --url {other}"
        );
    }

    private async Task<bool> AnswersAsync(LocalApp app, Uri url, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            if (app.HasExited)
                throw new ReplayFailedException($"The app ended before it answered. Its last output:\n{app.LogEnd()}");
            var (status, _) = await StatusAsync(url, cancellationToken);
            if (status == HttpStatusCode.OK)
                return true;
            var waited = clock.GetElapsedTime(began);
            if (waited > Longest)
                throw new ReplayFailedException(
                    $"The app does not answer after {Longest.TotalMinutes} minutes. Its last output:\n{app.LogEnd()}"
                );
            reporter.Note($"Starting the app, {waited.TotalSeconds:0} s: {app.LogEnd(1)}");
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    // Null when the connection is refused. Whatever else comes back comes from something that runs there.
    private async Task<(HttpStatusCode? Status, bool IsApp)> StatusAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(url.AbsoluteUri.TrimEnd('/') + "/api/health"), cancellationToken);
            return (response.StatusCode, IsHealth(await response.Content.ReadAsByteArrayAsync(cancellationToken)));
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return (null, false);
        }
        catch (HttpRequestException e)
        {
            throw new ReplayFailedException($"{url} does not answer as HTTP: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ReplayFailedException($"{url} takes connections but does not answer.", e);
        }
    }

    private static bool IsHealth(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ReplayJson.Api.HealthReport) is { Queues: not null, Status: not null };
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
