namespace Influence.Simulation.Invariants;

/// <summary>What holds of every publication when all is quiet.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Every publication has ended.</item>
/// <item>
/// A published one ranks at least the accounts that had influence on its day when it was requested; those that an undo is about, or
/// that could not be read for a while, are left out of the count.
/// </item>
/// <item>
/// Of the published ones of a day the boards are those of the one requested last; of two whose requests overlapped, of either. So are the
/// votes in force of the settlement requested last.
/// </item>
/// <item>Superseded are only publications beside which there was one that may have been requested later.</item>
/// <item>A daily timer publishes one day: the one that had ended.</item>
/// </list>
/// </remarks>
internal static class PublicationInvariants
{
    public static async Task CheckAsync(ScheduleRecord record, IServiceProvider host)
    {
        var stored = (await StoredPublications.AllAsync(host)).ToDictionary(p => p.Id);
        foreach (var publication in stored.Values)
            record.Count($"publications {publication.Status.ToString().ToLowerInvariant()}");
        foreach (var running in stored.Values.Where(p => p.Status == PublicationStatus.Running))
            record.Violate("Every publication ends", $"{running}");
        var requests = record
            .Requests.SelectMany(r => r.Publications.Select(p => (Request: r, p.Id)))
            .GroupBy(r => r.Id, r => r.Request)
            .ToList();
        foreach (var lost in requests.Where(r => !stored.ContainsKey(r.Key)))
            record.Violate("No publication is lost", lost.Key);
        var published = requests
            .Where(r => stored.GetValueOrDefault(r.Key)?.Status == PublicationStatus.Published)
            .Select(r => (Publication: stored[r.Key], Requests: Asking(record, stored[r.Key], r)))
            .ToList();
        CheckAccounts(record, published);
        foreach (var day in published.GroupBy(p => p.Publication.Date))
            CheckNewest(record, "boards", await StoredPublications.ReadAsync(host, day.Key), day);
        // What only ranks has made no iteration.
        var settled = published.Where(p => p.Publication.LargestChange is not null);
        CheckNewest(record, "votes", await StoredPublications.VotesAsync(host), settled);
        CheckSuperseded(
            record,
            stored,
            requests.Where(r => stored.ContainsKey(r.Key)).ToDictionary(r => r.Key, r => Asking(record, stored[r.Key], r))
        );
        CheckTimers(record);
    }

    // Each firing of the timer asks for the same publication, also one that broke off before it was answered.
    private static List<BoardRequest> Asking(ScheduleRecord record, Publication publication, IEnumerable<BoardRequest> answered)
    {
        var all = answered.ToList();
        if (all.Exists(r => r.Timer))
            all.AddRange(record.Requests.Where(r => r.Timer && r.Answered is null && r.Asked == publication.Date));
        return all;
    }

    private static void CheckSuperseded(
        ScheduleRecord record,
        Dictionary<string, Publication> stored,
        Dictionary<string, List<BoardRequest>> requests
    )
    {
        foreach (var (id, own) in requests)
        {
            if (stored.GetValueOrDefault(id) is not { Status: PublicationStatus.Superseded } superseded)
                continue;
            var others = stored.Values.Where(p => p.Date == superseded.Date && p.Id != id);
            if (others.All(o => requests.TryGetValue(o.Id, out var r) && r.Max(q => q.Answered ?? int.MaxValue) < own.Min(q => q.Order)))
                record.Violate("What is superseded was requested before", $"{superseded}");
        }
    }

    private static void CheckAccounts(ScheduleRecord record, List<(Publication Publication, List<BoardRequest> Requests)> published)
    {
        var undone = record.Accepted.OfType<Undo>().Select(u => u.About).OfType<AccountId>().Concat(record.Damaged).ToHashSet();
        foreach (var (publication, requests) in published)
            if (requests.Min(r => r.Known.CountOn(publication.Date, undone)) is var known && !(publication.Accounts >= known))
                record.Violate("No board is emptier than its accounts", $"{known} had influence: {publication}");
    }

    // Of a publication whose request was never answered nobody knows when it was requested.
    private static void CheckNewest(
        ScheduleRecord record,
        string what,
        string? counts,
        IEnumerable<(Publication Publication, List<BoardRequest> Requests)> published
    )
    {
        var all = published.ToList();
        if (all.Find(p => p.Publication.Id == counts) is not { Requests: { } requests } one)
            return;
        var answered = requests.Max(r => r.Answered ?? int.MaxValue);
        foreach (var newer in all.Where(p => p.Requests.Min(r => r.Order) > answered))
            record.Violate("The newest request wins", $"{what}: {newer.Publication} is newer than {one.Publication}");
    }

    private static void CheckTimers(ScheduleRecord record)
    {
        foreach (var request in record.Requests.Where(r => r.Timer && r.Answered is not null))
            if (request.Publications is not [var only] || (only.Date != request.Asked && only.Date != request.AskedLast))
                record.Violate(
                    "A timer publishes the day that ended",
                    $"{request.Asked:O}: {string.Join(" and ", request.Publications.Select(p => $"{p.Date:O}"))}"
                );
    }
}
