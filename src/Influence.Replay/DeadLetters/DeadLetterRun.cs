using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Influence.Replay.DeadLetters;

/// <summary>Does to dead letters what was asked for, one after the other.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="reporter">Where it is told.</param>
/// <param name="folder">Where the output of an app goes that is started here.</param>
/// <param name="clock">Waits and measures.</param>
/// <param name="jitter">Spreads the pauses between tries.</param>
internal sealed class DeadLetterRun(DeadLetterOptions options, Reporter reporter, Folder folder, TimeProvider clock, Random jitter)
{
    /// <summary>Whether all of it was done.</summary>
    /// <exception cref="ReplayFailedException">The app cannot be asked, or refuses one.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        await using var app = await new AppStart(http, folder, reporter, clock).EnsureAsync(
            options.Url,
            () => AppLocation.Find(AppContext.BaseDirectory),
            leaveRunning: false,
            cancellationToken
        );
        var api = new Api(new PatientSender(http, options.Patience, reporter.Note, clock, jitter), options.Url, null, options.AdminKey);
        // Found first: what is retried and fails again is another letter, and is not retried for ever.
        var ids = options.Ids.Count > 0 ? options.Ids : await ListAsync(api, cancellationToken);
        if (options.Action == DeadLetterAction.List)
            return true;
        var done = 0;
        foreach (var id in ids)
            done += await DoAsync(api, id, cancellationToken) ? 1 : 0;
        reporter.Line(string.Create(CultureInfo.InvariantCulture, $"{options.Action}: {done:N0} of {ids.Count:N0} dead letters."));
        return done == ids.Count;
    }

    private async Task<IReadOnlyList<string>> ListAsync(Api api, CancellationToken cancellationToken)
    {
        var letters = new List<DeadLetter>();
        for (DeadLetterList? page = null; page is null || page.NextLink is not null; letters.AddRange(page.DeadLetters))
            page = await api.DeadLettersAsync(options.Queue, options.Since, letters.LastOrDefault()?.Id, cancellationToken);
        if (options.Action == DeadLetterAction.List)
            Show(letters);
        return [.. letters.Select(l => l.Id)];
    }

    private void Show(List<DeadLetter> letters)
    {
        if (letters.Count > 0)
        {
            var table = new Table { Border = TableBorder.Rounded };
            foreach (var column in new[] { "kept", "id", "reason" })
                table.AddColumn(new TableColumn(column) { NoWrap = column != "reason" });
            foreach (var letter in letters)
                table.AddRow(
                    new Text(letter.At.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
                    new Text(letter.Id),
                    new Text(letter.Reason)
                );
            reporter.Show(table);
        }

        reporter.Line(string.Create(CultureInfo.InvariantCulture, $"{letters.Count:N0} dead letters."));
    }

    private async Task<bool> DoAsync(Api api, string id, CancellationToken cancellationToken)
    {
        switch (options.Action)
        {
            case DeadLetterAction.Show:
                if (await api.DeadLetterAsync(id, options.Reason, cancellationToken) is not { } letter)
                    break;
                reporter.Line(JsonSerializer.Serialize(letter, ApiJson.Readable.DeadLetter));
                return true;
            case DeadLetterAction.Retry:
                return Told(id, await api.RetryAsync(id, options.Reason, cancellationToken));
            case DeadLetterAction.Discard:
                return Told(id, await api.DiscardAsync(id, options.Reason, cancellationToken));
        }

        return Told(id, "there is no such dead letter");
    }

    // One that cannot be changed keeps no other from it.
    private bool Told(string id, string? refusal)
    {
        if (refusal is not null)
            reporter.Line($"{id}: {refusal}");
        return refusal is null;
    }
}
