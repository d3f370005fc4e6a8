namespace Influence.Simulation.Invariants;

/// <summary>The dead letters hold all that failed.</summary>
/// <remarks>
/// Each poisoned message was taken. A letter once kept stays as it is, whatever fails after it. A publication that failed has a letter of
/// a message of its own. That no fact is missing is seen when the letters of facts are sent again and all facts count.
/// </remarks>
internal static class DeadLetterInvariants
{
    public static void Check(ScheduleRecord record, InMemoryStorage storage, IEnumerable<Publication> publications)
    {
        foreach (var message in record.Poisoned.Where(m => !m.IsTaken))
            record.Violate("Every poisoned message is taken", $"{message.Queue}: {message.Text}");
        var kept = StoredLetters.Of(storage).ToDictionary(l => l.Address, l => l.Body);
        foreach (var (address, body) in record.Letters.Where(l => kept.GetValueOrDefault(l.Key) != l.Value))
            record.Violate("No dead letter is overwritten", $"{address}: {body}");
        foreach (var failed in publications.Where(p => p.Status is PublicationStatus.Failed or PublicationStatus.Expired))
            if (!kept.Values.Any(body => body.Contains(failed.Id, StringComparison.Ordinal)))
                record.Violate("A publication that failed has a dead letter", $"{failed}");
    }
}
