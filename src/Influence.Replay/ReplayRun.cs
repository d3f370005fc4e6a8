namespace Influence.Replay;

/// <summary>The whole run: read, see that an app answers, post, wait, publish, show.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="reporter">Where it is told.</param>
/// <param name="folder">What runs remember.</param>
/// <param name="clock">Now, waits and measures.</param>
/// <param name="jitter">Spreads the pauses between tries.</param>
internal sealed class ReplayRun(ReplayOptions options, Reporter reporter, Folder folder, TimeProvider clock, Random jitter)
{
    /// <summary>Runs to the end.</summary>
    /// <exception cref="ReplayFailedException">It cannot.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(100) };
        IFactSource source = options.File is { } file
            ? new FactFile(file, options.Format, options.Network)
            : new CommunitySource(options.Seed, options.Interactions);
        var survey = await SurveyAsync(source, cancellationToken);
        await using var app = await new AppStart(http, folder, reporter, clock).EnsureAsync(
            options.Url,
            () => AppLocation.Find(AppContext.BaseDirectory),
            options.LeaveRunning,
            cancellationToken
        );
        var sender = new PatientSender(http, options.Patience, reporter.Note, clock, jitter);
        var api = new Api(sender, options.Url, options.Key, options.AdminKey);
        var progress = Open(source, survey);
        await PostAsync(api, source, survey, progress, cancellationToken);
        await DrainAsync(api, cancellationToken);
        if (options.Publish)
            await PublishAsync(api, cancellationToken);
        progress.Finish();
        if (app is not null && options.LeaveRunning)
            reporter.Line($"The app goes on at {options.Url} (process {app.ProcessId}).");
    }

    private async Task<Survey> SurveyAsync(IFactSource source, CancellationToken cancellationToken)
    {
        var survey = await reporter.StepAsync(
            $"Reading {source.Name}",
            () => Task.Run(() => Survey.Of(source, options.Limit, cancellationToken), cancellationToken)
        );
        if (survey.Facts == 0)
            throw new ReplayFailedException($"There is no fact in {source.Name}.");
        var skipped = survey.SelfInteractions > 0 ? $"; {survey.SelfInteractions:N0} self-interactions left out" : "";
        reporter.Line($"Read {source.Name}: {survey.Facts:N0} interactions{skipped}.");
        return survey;
    }

    private Progress Open(IFactSource source, Survey survey)
    {
        var (file, shifts) = (RunKey.FileName(source, options), new ShiftMemory(folder));
        if (options.Fresh)
            folder.Delete(file);
        var remembered = options.Fresh ? null : shifts.Find(source, options);
        var progress = Progress.Open(
            folder,
            file,
            () =>
                new RunState
                {
                    Shift = ShiftRule.Decide(
                        options.Shift,
                        source.IsMadeUp,
                        survey.Last,
                        clock.GetUtcNow().ToUnixTimeSeconds(),
                        remembered
                    ),
                },
            clock
        );
        if (!source.IsMadeUp && progress.Shift != 0)
            shifts.Keep(source, options, progress.Shift);
        if (progress.Shift != 0 && !source.IsMadeUp)
        {
            var again = progress.Shift == remembered ? ", as the run before did" : "";
            var last = DateTimeOffset.FromUnixTimeSeconds(survey.Last + progress.Shift);
            reporter.Line($"Moved so that the last fact is of {last:yyyy-MM-dd HH:mm:ss} UTC{again}.");
        }

        if (progress.IsResumed)
            reporter.Line(
                $"Going on where the run before stopped: {progress.Batches:N0} requests with {progress.Facts:N0} facts are not sent again."
            );
        return progress;
    }

    private async Task PostAsync(Api api, IFactSource source, Survey survey, Progress progress, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var (before, total) = (progress.Facts, (options.Twice ? 2L : 1L) * survey.Facts);
        await reporter.CountAsync(
            "Posting",
            total,
            show =>
            {
                var batches = Batches.Of(FactSequence.Of(source, options), progress.Shift, options);
                return new Poster(api, progress, options.Parallel, clock).PostAsync(batches, total, show, cancellationToken);
            }
        );
        var (sent, seconds) = (progress.Facts - before, clock.GetElapsedTime(began).TotalSeconds);
        reporter.Line(
            $"Posted {sent:N0} facts in {seconds:0.0} s ({sent / seconds:N0} a second); "
                + $"{progress.Accepted:N0} of {progress.Facts:N0} accepted."
        );
        foreach (var (code, refusals) in progress.Refused.OrderByDescending(r => r.Value.Count))
            reporter.Line($"  {refusals.Count:N0} refused as {code}, such as: {refusals.Example}");
        if (progress.Accepted > 0)
            return;
        // Nothing to go on with: the same command after a repair of the log or the clock begins anew.
        progress.Finish();
        throw new ReplayFailedException("Nothing was accepted.");
    }

    private async Task DrainAsync(Api api, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        await reporter.StepAsync(
            "Waiting for the queue",
            async () =>
            {
                await new QueueDrain(api, clock).WaitAsync(reporter.Note, cancellationToken);
                return true;
            }
        );
        reporter.Line($"The queue is empty after {clock.GetElapsedTime(began).TotalSeconds:0.0} s.");
    }

    private async Task PublishAsync(Api api, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var publication = await reporter.StepAsync(
            "Publishing",
            () => new Publishing(api, clock).PublishAsync(reporter.Note, cancellationToken)
        );
        var what = publication is { Boards: { } boards, Accounts: { } accounts }
            ? $"{boards:N0} boards of {accounts:N0} accounts"
            : "the boards";
        reporter.Line($"Published {what} in {clock.GetElapsedTime(began).TotalSeconds:0.0} s.");
        var board = await api.BoardAsync(options.Board, options.Top, cancellationToken);
        reporter.Show(BoardTable.Of(board));
        reporter.Line(BoardTable.Caption(board));
    }
}
