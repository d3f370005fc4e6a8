using System.Buffers;
using System.Text.Json;

namespace Influence.Pipeline.Profiles;

/// <summary>Everything that is kept about an account, as JSON for the person it is about.</summary>
public sealed class AccountExports
{
    private readonly Deployment deployment;
    private readonly AccountWriter accounts;
    private readonly AccountRecords records;
    private readonly ActorCards actors;
    private readonly AuditLog audit;

    internal AccountExports(Deployment deployment, AccountWriter accounts, AccountRecords records, ActorCards actors, AuditLog audit) =>
        (this.deployment, this.accounts, this.records, this.actors, this.audit) = (deployment, accounts, records, actors, audit);

    /// <summary>Writes it; null for an account of which nothing is kept.</summary>
    public async Task<byte[]?> WriteAsync(AccountId account, CancellationToken cancellationToken)
    {
        StorageRequests.Enter("export");
        var store = await accounts.StoreAsync(cancellationToken);
        var document = await store.LoadWholeAsync(account, cancellationToken);
        var found = await records.FindAsync(account, cancellationToken);
        var own = await actors.ActivityOfAsync(account, cancellationToken);
        if (document.ETag is null && found.Count == 0 && own is null)
            return null;
        var profile = await new ProfileStore(deployment.Profiles, store.Keys).OfAsync(account, cancellationToken);
        var calls = new List<AuditEntry>();
        string? next = null;
        do
        {
            (var page, next) = await audit.ListAsync(DateTimeOffset.UnixEpoch, account, next, cancellationToken);
            calls.AddRange(page);
        } while (next is not null);
        var body = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(body, FactWriter.Options with { Indented = true }))
        {
            json.WriteStartObject();
            StateExport.Write(json, document.State);
            if (profile is not null)
                Write(json, profile);
            if (own is var (activity, _))
                StateExport.Write(json, activity);
            json.WriteStartArray("remembered");
            foreach (var fact in found)
                FactWriter.Write(json, fact);
            json.WriteEndArray();
            json.WriteStartArray("operatorCalls");
            foreach (var call in calls)
                Write(json, call);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, ProfileDocument profile)
    {
        json.WriteStartObject("profile");
        json.WriteStartArray("accounts");
        foreach (var account in profile.Accounts)
            json.WriteStringValue(account.Value);
        json.WriteEndArray();
        json.WriteString("name", profile.Name);
        json.WriteString("url", profile.Url);
        json.WriteString("avatar", profile.Avatar);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AuditEntry call)
    {
        json.WriteStartObject();
        json.WriteString("at", call.At);
        json.WriteString("call", call.Call);
        json.WriteString("why", call.Why);
        json.WriteString("what", call.What);
        json.WriteEndObject();
    }
}
