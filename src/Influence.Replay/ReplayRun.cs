namespace Influence.Replay;

/// <summary>The whole run: read, see that an app answers, post, wait, publish, show.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="reporter">Where it is told.</param>
/// <param name="folder">What runs remember.</param>
/// <param name="clock">Now, waits and measures.</param>
/// <param name="jitter">Spreads the pauses between tries.</param>
internal sealed class ReplayRun(ReplayOptions options, Reporter reporter, Folder folder, TimeProvider clock, Random jitter)
{
    private static readonly int[] DaysShown = [7, 1];

    /// <summary>Runs to the end.</summary>
    /// <exception cref="ReplayFailedException">It cannot.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(100) };
        IFactSource source = options.File is { } file
            ? new FactFile(file, options.Format, new ReadRules(options.Network, Names(), options.Milliseconds))
            : new CommunitySource(options.Seed, options.Interactions);
        var survey = await SurveyAsync(source, cancellationToken);
        if (options.DryRun)
        {
            TellDryRun(source, survey);
            return;
        }

        await using var app = await new AppStart(http, folder, reporter, clock).EnsureAsync(
            options.Url,
            () => AppLocation.Find(AppContext.BaseDirectory),
            options.LeaveRunning,
            cancellationToken
        );
        var sender = new PatientSender(http, options.Patience, reporter.Note, clock, jitter);
        var api = new Api(sender, options.Url, options.Key, options.AdminKey);
        var progress = await OpenAsync(api, source, survey, cancellationToken);
        await PostAsync(api, source, survey, progress, cancellationToken);
        await DrainAsync(api, cancellationToken);
        if (options.Publish)
            await PublishAsync(api, source, cancellationToken);
        progress.Finish();
        if (app.Started is { } started)
            await HoldAsync(started, cancellationToken);
    }

    // What was just filled is there to be looked at. A run that found an app leaves it as it was.
    private async Task HoldAsync(LocalApp app, CancellationToken cancellationToken)
    {
        if (options.LeaveRunning)
            reporter.Line($"The app goes on at {options.Url} (process {app.ProcessId}).");
        else if (options.Publish && !options.Stop)
        {
            reporter.Line("The app goes on until you press Ctrl+C (--stop would have ended it).");
            // Ctrl+C in a terminal reaches both at once: an app that was quicker has not ended by itself.
            if (await app.EndsAsync(cancellationToken) && !cancellationToken.IsCancellationRequested)
                throw new ReplayFailedException($"The app has ended by itself. Its last output:\n{app.LogEnd()}");
            reporter.Line("Stopping the app.");
        }
    }

    private ColumnNames Names() => ColumnNames.Parse(options.Map, out var error) ?? throw new ReplayFailedException(error!);

    private async Task<Survey> SurveyAsync(IFactSource source, CancellationToken cancellationToken)
    {
        var path = options.SkipBad ? folder.PathOf($"{source.Name}.left-out.tsv") : null;
        using var leftOut = new LeftOut(path);
        var survey = await reporter.StepAsync(
            $"Reading {source.Name}",
            () =>
                Task.Run(
                    () => Survey.Of(source, options.Limit, options.SkipBad || options.DryRun ? leftOut.Add : null, cancellationToken),
                    cancellationToken
                )
        );
        var bad = survey.Tally.BadLines;
        if (bad > 0)
        {
            var where = path is null ? "" : $"; what is left out is in '{path}'";
            reporter.Line($"{bad:N0} {(bad == 1 ? "line" : "lines")} of {source.Name} cannot be read{where}:");
            foreach (var example in leftOut.Examples)
                reporter.Line($"  {example}");
        }

        if (survey.Facts == 0)
            throw new ReplayFailedException($"There is no fact in {source.Name}.");
        if (survey.Tally.IgnoredColumns is { Count: > 0 } ignored)
            reporter.Line($"Columns that are not read: {string.Join(", ", ignored)}.");
        var skipped = survey.Tally.SelfInteractions is > 0 and var own ? $"; {own:N0} self-interactions left out" : "";
        reporter.Line($"Read {source.Name}: {survey.Facts:N0} interactions{skipped}.");
        return survey;
    }

    private void TellDryRun(IFactSource source, Survey survey)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var shift = ShiftRule.Decide(options.Shift, source.IsMadeUp, survey.Last, now, new ShiftMemory(folder).Find(source, options));
        var facts = source.Read(ReadTally.OfLaterPass(skipsBad: true)).Take(options.Limit ?? int.MaxValue);
        foreach (var line in new DryRun(now, shift, options.Import).Of(facts, survey))
            reporter.Line(line);
        if (survey.Tally.BadLines > 0 && !options.SkipBad)
            throw new ReplayFailedException("A run would end at the first line that cannot be read: mend these lines, or give --skip-bad.");
    }

    // What a run remembers belongs to the storage that it posted to.
    private async Task<Progress> OpenAsync(Api api, IFactSource source, Survey survey, CancellationToken cancellationToken)
    {
        var progress = Open(source, survey);
        if (!progress.IsResumed)
            return progress;
        var batches = Batches.Of(FactSequence.Of(source, options), progress.Shift, options);
        if (await StorageCheck.HoldsAsync(api, batches, progress, () => DrainAsync(api, cancellationToken), cancellationToken))
        {
            reporter.Line(
                $"Going on where the run before stopped: {progress.Batches:N0} requests with {progress.Facts:N0} facts are not sent again."
            );
            return progress;
        }

        reporter.Line("The app holds nothing of what the run before posted, so its storage is another by now: beginning anew.");
        progress.Finish();
        return Open(source, survey);
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
                return new Poster(api, progress, options, clock).PostAsync(batches, total, show, cancellationToken);
            }
        );
        var (sent, seconds) = (progress.Facts - before, clock.GetElapsedTime(began).TotalSeconds);
        var posted =
            sent > 0
                ? $"Posted {sent:N0} facts in {seconds:0.0} s ({sent / seconds:N0} a second)"
                : "All facts were posted by the run before";
        reporter.Line($"{posted}; {progress.Accepted:N0} of {progress.Facts:N0} accepted.");
        if (progress.Old > 0)
            reporter.Line(ImportNote.Of(progress.Old));
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

    private async Task PublishAsync(Api api, IFactSource source, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        // A made-up community has a past: with boards of earlier days there is a change to see, and a day to go back to.
        if (source.IsMadeUp)
            foreach (var daysAgo in DaysShown)
                await PublishDayAsync(api, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-daysAgo), cancellationToken);
        var publication = await PublishDayAsync(api, null, cancellationToken);
        var what = publication is { Boards: { } boards, Accounts: { } accounts }
            ? $"{boards:N0} boards of {accounts:N0} accounts"
            : "the boards";
        reporter.Line($"Published {what} in {clock.GetElapsedTime(began).TotalSeconds:0.0} s.");
        var board = await api.BoardAsync(options.Board, options.Top, cancellationToken);
        reporter.Show(BoardTable.Of(board));
        reporter.Line(BoardTable.Caption(board));
        if (board.Rows is not [var leader, ..])
            return;
        await ExplainAsync(api, leader.Id, cancellationToken);
        foreach (var line in NextSteps.Of(api, options.Board, leader, source.IsMadeUp))
            reporter.Line(line);
    }

    private Task<Publication> PublishDayAsync(Api api, DateOnly? date, CancellationToken cancellationToken) =>
        reporter.StepAsync(
            date is null ? "Publishing" : $"Publishing {date:O}",
            () => new Publishing(api, clock).PublishAsync(date, reporter.Note, cancellationToken)
        );

    // The run is done by then: an explanation that cannot be had ends nothing.
    private async Task ExplainAsync(Api api, string leader, CancellationToken cancellationToken)
    {
        try
        {
            if (await api.ExplanationAsync(leader, cancellationToken) is { } explanation)
                foreach (var line in ReasonText.Of(explanation, api.ExplanationOf(leader)))
                    reporter.Line(line);
        }
        catch (ReplayFailedException e)
        {
            reporter.Line($"Why {leader} leads cannot be told: {e.Message}");
        }
    }
}
