namespace Influence.Replay.Verify;

/// <summary>Asks the app to verify, and shows what it found.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="reporter">Where it is told.</param>
/// <param name="folder">Where the output of an app goes that is started here.</param>
/// <param name="clock">Waits and measures.</param>
/// <param name="jitter">Spreads the pauses between tries.</param>
internal sealed class VerifyRun(VerifyOptions options, Reporter reporter, Folder folder, TimeProvider clock, Random jitter)
{
    // The longest that Azure lets a function answer over HTTP.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(230);

    /// <summary>Whether nothing drifted and every account could be checked.</summary>
    /// <exception cref="ReplayFailedException">The app cannot be asked.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = Longest };
        await using var app = await new AppStart(http, folder, reporter, clock).EnsureAsync(
            options.Url,
            () => AppLocation.Find(AppContext.BaseDirectory),
            leaveRunning: false,
            cancellationToken
        );
        var api = new Api(new PatientSender(http, options.Patience, reporter.Note, clock, jitter), options.Url, null, options.AdminKey);
        var request = new VerificationRequest(options.Accounts, options.Sample, options.Seed, options.Repair);
        var answer = await reporter.StepAsync("Verifying", () => api.VerifyAsync(request, cancellationToken));
        Show(answer);
        return answer.IsClean;
    }

    private void Show(VerifyReport answer)
    {
        if (answer.Drifted.Count > 0)
            reporter.Show(DriftTable.Of(answer.Drifted));
        foreach (var id in answer.Unknown)
            reporter.Line($"{id}: nothing is stored of it.");
        foreach (var failure in answer.Failed)
            reporter.Line($"{failure.Id}: {failure.Message} ({failure.Code})");
        if (answer.Older.Count > 0)
            reporter.Line(
                $"{answer.Older.Count:N0} accounts hold {answer.Older.Sum(o => o.Interactions):N0} interactions older than the ledger, "
                    + "which cannot be checked."
            );
        reporter.Line(
            $"Checked {answer.Checked:N0} accounts: {answer.DriftedAccounts:N0} drifted, {answer.Repaired:N0} repaired, "
                + $"{answer.Failed.Count:N0} failed."
        );
    }
}
