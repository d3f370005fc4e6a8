using System.Net;

namespace Influence.Replay.AppProcess;

/// <summary>Sees that an app answers: the one at the URL, else one that is started here.</summary>
internal sealed class AppStart(HttpClient http, Folder folder, Reporter reporter, TimeProvider clock)
{
    private const string LogName = "app.log";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    // The first start ever installs Azurite, over whatever line there is; an app that cannot go on ends by itself.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Starts the app when nothing listens at a URL of this machine; null when something does.</summary>
    /// <param name="url">The app's URL.</param>
    /// <param name="find">Finds the app's build.</param>
    /// <param name="leaveRunning">Whether it shall go on when this process ends.</param>
    /// <param name="cancellationToken">Ends the wait, and the app with it.</param>
    public async Task<LocalApp?> EnsureAsync(Uri url, Func<AppLocation> find, bool leaveRunning, CancellationToken cancellationToken)
    {
        if (await StatusAsync(url, cancellationToken) is not null)
            return null;
        if (!url.IsLoopback)
            throw new ReplayFailedException($"{url} does not answer.");
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

    private async Task<bool> AnswersAsync(LocalApp app, Uri url, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            if (app.HasExited)
                throw new ReplayFailedException($"The app ended before it answered. Its last output:\n{app.LogEnd()}");
            var status = await StatusAsync(url, cancellationToken);
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
    private async Task<HttpStatusCode?> StatusAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(url.AbsoluteUri.TrimEnd('/') + "/api/health"), cancellationToken);
            return response.StatusCode;
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return null;
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
}
