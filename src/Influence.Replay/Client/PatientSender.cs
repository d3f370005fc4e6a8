namespace Influence.Replay.Client;

/// <summary>Retries a request with jittered exponential backoff while the app is away, busy or throttled.</summary>
/// <param name="http">The connections.</param>
/// <param name="patience">How long one request is tried, from its first failure on.</param>
/// <param name="note">Told of each failure that is waited out.</param>
/// <param name="clock">Waits and measures.</param>
/// <param name="jitter">Spreads the pauses; requests draw from it one at a time.</param>
internal sealed class PatientSender(HttpClient http, TimeSpan patience, Action<string> note, TimeProvider clock, Random jitter)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // Long enough for an answer that is on its way, so that a run told to stop knows what it has sent.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Lock turn = new();

    /// <summary>The first answer that is not "later". A 429 that says when to come again costs no patience.</summary>
    /// <param name="make">Makes the request, anew for each try.</param>
    /// <param name="cancellationToken">Ends the waiting between tries at once and a request in flight after a few seconds.</param>
    /// <exception cref="ReplayFailedException">Patience has run out.</exception>
    public async Task<Answer> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var grace = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        await using var onStop = cancellationToken.Register(() => grace.CancelAfter(Grace));
        long? since = null;
        for (var tries = 0; ; tries++)
        {
            var (answer, trouble) = await TryAsync(make, grace.Token);
            if (trouble is null)
                return answer!;
            cancellationToken.ThrowIfCancellationRequested();
            var pause = PauseAfter(tries, answer?.RetryAfter);
            if (answer?.IsThrottled == true)
            {
                // The app is there, and says when to come again: that is no failure, however often.
                (since, tries) = (null, -1);
                await WaitAsync(trouble, pause, cancellationToken);
                continue;
            }

            since ??= clock.GetTimestamp();
            var left = patience - clock.GetElapsedTime(since.Value);
            if (pause > left)
                throw new ReplayFailedException($"{trouble}; tried for {(patience - left).TotalSeconds:0} s ({tries + 1} times).");
            await WaitAsync(trouble, pause, cancellationToken);
        }
    }

    private async Task WaitAsync(string trouble, TimeSpan pause, CancellationToken cancellationToken)
    {
        note($"{trouble}; again in {pause.TotalSeconds:0.0} s");
        await Task.Delay(pause, clock, cancellationToken);
    }

    private async Task<(Answer? Answer, string? Trouble)> TryAsync(Func<HttpRequestMessage> make, CancellationToken grace)
    {
        using var request = make();
        try
        {
            using var response = await http.SendAsync(request, grace);
            var answer = await Answer.ReadAsync(response, clock.GetUtcNow(), grace);
            return (answer, answer.IsTryLater ? $"{request.RequestUri} answers {(int)answer.Status}" : null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (null, $"{request.RequestUri} does not answer ({e.Message})");
        }
        catch (OperationCanceledException) when (!grace.IsCancellationRequested)
        {
            return (null, $"{request.RequestUri} does not answer within {http.Timeout.TotalSeconds:0} s");
        }
    }

    // Doubles up to a limit; jitter keeps parallel requests from coming back together. What the server asks for is the least.
    private TimeSpan PauseAfter(int tries, TimeSpan? asked)
    {
        var backoff = Math.Min(LongestPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(2, Math.Min(tries, 20)));
        double spread;
        lock (turn)
            spread = backoff * (0.5 + jitter.NextDouble());
        return TimeSpan.FromSeconds(Math.Max(spread, (asked?.TotalSeconds ?? 0) + (spread / 10)));
    }
}
