using System.Text;
using Azure;
using Azure.Data.Tables;

namespace Influence.Pipeline.Profiles;

/// <summary>What remembered activities, dead letters and sightings hold of an account.</summary>
/// <remarks>Scans of both tables: neither is kept by account, and exports and erasures are rare.</remarks>
internal sealed class AccountRecords(Deployment deployment)
{
    /// <summary>The facts about or by the account.</summary>
    public async Task<List<Fact>> FindAsync(AccountId account, CancellationToken cancellationToken)
    {
        var found = new List<Fact>();
        await foreach (var row in deployment.Activities.QueryAsync<TableEntity>(cancellationToken: cancellationToken))
            for (var i = 0; row.GetBinary($"Facts{i}") is { } message; i++)
                found.AddRange((FactsOf(message) ?? []).Where(f => IsOf(f, account)));
        await foreach (var row in deployment.DeadLetters.QueryAsync<TableEntity>(cancellationToken: cancellationToken))
            found.AddRange((FactsOf(row.GetBinary("Body") ?? []) ?? []).Where(f => IsOf(f, account)));
        return found;
    }

    /// <summary>Deletes what is about or by the account; what else a row holds stays. Idempotent.</summary>
    public async Task DeleteAsync(AccountId account, CancellationToken cancellationToken)
    {
        await foreach (var row in deployment.Activities.QueryAsync<TableEntity>(cancellationToken: cancellationToken))
            await CleanActivityAsync(row, account, cancellationToken);
        await foreach (var row in deployment.DeadLetters.QueryAsync<TableEntity>(cancellationToken: cancellationToken))
            await CleanLetterAsync(row, account, cancellationToken);
        await new RenameSuggestions(deployment).EraseAsync(account, cancellationToken);
    }

    private async Task CleanActivityAsync(TableEntity row, AccountId account, CancellationToken cancellationToken)
    {
        var isOfIt = Holds(TableKey.Decode(row.RowKey), account.Value);
        var (kept, count, isChanged) = (new List<byte[]>(), 0, false);
        for (; row.GetBinary($"Facts{count}") is { } body && !isOfIt; count++)
        {
            if (Read(body) is not var (message, facts))
            {
                isOfIt = true;
                continue;
            }

            List<Fact> others = [.. facts.Where(f => !IsOf(f, account))];
            isChanged |= others.Count < facts.Count;
            if (others.Count == facts.Count)
                kept.Add(body);
            else if (others.Count > 0)
                kept.Add(Encoding.UTF8.GetBytes(FactsCodec.Write(others, message.OriginOf(), message.Id).First()));
        }

        if (isOfIt || (count > 0 && kept.Count == 0))
        {
            await deployment.Activities.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
            return;
        }

        if (!isChanged)
            return;
        for (var i = 0; i < count; i++)
            row.Remove($"Facts{i}");
        foreach (var (i, body) in kept.Index())
            row[$"Facts{i}"] = body;
        // Somebody who writes it meanwhile holds what is refused from now on: the last step looks once more.
        await deployment.Activities.TryWriteAsync(row, row.ETag, cancellationToken);
    }

    private async Task CleanLetterAsync(TableEntity row, AccountId account, CancellationToken cancellationToken)
    {
        var body = row.GetBinary("Body") ?? [];
        if (Read(body) is not var (message, facts))
        {
            if (Holds(Encoding.UTF8.GetString(body), account.Value))
                await deployment.DeadLetters.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
            return;
        }

        List<Fact> others = [.. facts.Where(f => !IsOf(f, account))];
        if (others.Count == facts.Count)
            return;
        if (others.Count == 0)
        {
            await deployment.DeadLetters.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
            return;
        }

        // Fewer facts are never more than one message.
        row["Body"] = Encoding.UTF8.GetBytes(FactsCodec.Write(others, message.OriginOf(), message.Id).First());
        await deployment.DeadLetters.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellationToken);
    }

    // As a whole: x:1 is not in x:12.
    private static bool Holds(string text, string id)
    {
        for (var at = 0; (at = text.IndexOf(id, at, StringComparison.Ordinal)) >= 0; at++)
            if ((at == 0 || !IsOfIds(text[at - 1])) && (at + id.Length == text.Length || !IsOfIds(text[at + id.Length])))
                return true;
        return false;
    }

    private static bool IsOfIds(char character) =>
        char.IsLetterOrDigit(character) || character is '-' or '_' or '.' or '@' or '/' or ':' or '=';

    private static IReadOnlyList<Fact>? FactsOf(byte[] message) => Read(message)?.Facts;

    private static (FactsMessage Message, IReadOnlyList<Fact> Facts)? Read(byte[] message)
    {
        try
        {
            return FactsCodec.Read(Encoding.UTF8.GetString(message));
        }
        catch (MessageUnreadableException)
        {
            return null;
        }
    }

    private static bool IsOf(Fact fact, AccountId account) =>
        fact switch
        {
            Interaction i => i.Actor == account || i.Target == account,
            Undo u => IsOf(u.Original, account),
            MetricReport m => m.Account == account,
            _ => false,
        };
}
