using System.Text.Json;

namespace InfluenceFunctions.Operations;

/// <summary>Validates the body that asks for a verification.</summary>
internal static class VerificationBody
{
    /// <summary>What is asked for; else a sentence that names the field, the rule and what to send.</summary>
    public static (VerifyRequest? Request, string? Wrong) Read(byte[] json, AccountForms forms)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ApiJson.Default.VerificationRequest) is { } body
                ? Check(body, forms)
                : (null, NoObject);
        }
        catch (JsonException e) when (e.Path is { Length: > 2 } path)
        {
            return (null, $"'{path[2..]}' must be {RuleOf(path)}.");
        }
        catch (JsonException)
        {
            return (null, NoObject);
        }
    }

    private const string NoObject = "The body must be a JSON object such as {\"sample\":100}.";

    private static string RuleOf(string path) =>
        path[2..].Split('[')[0] switch
        {
            "accounts" => "a list of account ids, such as [\"github:ann\"]",
            "sample" => $"a whole number from 0 to {VerificationRequest.MaxSample}",
            "seed" => "a whole number",
            _ => "true or false",
        };

    private static (VerifyRequest? Request, string? Wrong) Check(VerificationRequest body, AccountForms forms)
    {
        var (ids, sample) = (body.Accounts ?? [], body.Sample ?? 0);
        if (ids.Count > VerificationRequest.MaxAccounts)
            return (null, $"'accounts' holds more than {VerificationRequest.MaxAccounts} ids: ask several times.");
        if (sample is < 0 or > VerificationRequest.MaxSample)
            return (null, $"'sample' must be {RuleOf("$.sample")}.");
        if (ids.Count == 0 && sample == 0)
            return (null, "'accounts' or 'sample' must name at least one account.");
        var accounts = new List<AccountId>(ids.Count);
        foreach (var (i, id) in ids.Index())
        {
            if (!forms.TryParse(id, out var account, out var problem))
                return (null, $"'accounts[{i}]' is not an account. {problem}");
            accounts.Add(account);
        }

        return (new VerifyRequest(accounts, sample, body.Seed ?? 1, body.Repair ?? false), null);
    }
}
