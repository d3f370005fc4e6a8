using System.Text.Json;

namespace InfluenceFunctions.Operations;

/// <summary>The body that asks for a verification.</summary>
/// <param name="Accounts">Accounts by id.</param>
/// <param name="Sample">How many more, picked by chance.</param>
/// <param name="Seed">Which sample.</param>
/// <param name="Repair">Whether drifted states are written anew.</param>
internal sealed record VerificationBody(IReadOnlyList<string?>? Accounts, int? Sample, int? Seed, bool? Repair)
{
    /// <summary>Reads a body; the sentence names the field that is wrong.</summary>
    public static (VerifyRequest? Request, string? Wrong) Read(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ApiJson.Default.VerificationBody) is { } body
                ? body.ToRequest()
                : (null, "The body must be an object such as {\"sample\":100}.");
        }
        catch (JsonException e) when (e.Path is { Length: > 2 } path)
        {
            return (null, $"'{path[2..]}' is not of the type it must be.");
        }
        catch (JsonException)
        {
            return (null, "The body is not JSON.");
        }
    }

    private (VerifyRequest? Request, string? Wrong) ToRequest()
    {
        var (ids, sample) = (Accounts ?? [], Sample ?? 0);
        if (ids.Count > VerifyRequest.MaxAccounts)
            return (null, $"'accounts' holds more than {VerifyRequest.MaxAccounts} ids.");
        if (sample is < 0 or > VerifyRequest.MaxSample)
            return (null, $"'sample' must be a whole number from 0 to {VerifyRequest.MaxSample}.");
        if (ids.Count == 0 && sample == 0)
            return (null, "'accounts' or 'sample' must name at least one account.");
        var accounts = new List<AccountId>(ids.Count);
        for (var i = 0; i < ids.Count; i++)
        {
            if (!AccountId.TryParse(ids[i], out var account))
                return (null, $"'accounts[{i}]' is not an account. {AccountId.Rule}");
            accounts.Add(account);
        }

        return (new VerifyRequest(accounts, sample, Seed ?? 1, Repair ?? false), null);
    }
}
