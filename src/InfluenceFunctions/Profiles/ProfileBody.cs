using System.Text.Json;

namespace InfluenceFunctions.Profiles;

/// <summary>Validates the bodies that make a profile or set a standing.</summary>
internal static class ProfileBody
{
    /// <summary>Largest body, bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxUrl = 2000;
    private const string Example = "The body must be a JSON object such as {\"accounts\":[\"github:ann\",\"x:12\"],\"name\":\"Ann\"}.";

    /// <summary>What is asked for; else a sentence that names the field, the rule and what to send.</summary>
    public static (ProfileChange? Change, string? Reason, string? Wrong) ReadProfile(byte[] json, AccountId id, AccountForms forms)
    {
        var (body, wrong) = Read(json, ApiJson.Default.ProfileRequest, Example);
        if (body is null)
            return (null, null, wrong);
        wrong =
            DisplayName.Refuse("name", body.Name)?.Message
            ?? RefuseAddress("url", body.Url)
            ?? RefuseAddress("avatar", body.Avatar)
            ?? Operations.OperatorCalls.Refuse(body.Reason);
        if (wrong is not null || body.Accounts is null)
            return (new ProfileChange(null, DisplayName.FormOf(body.Name), body.Url, body.Avatar, body.Badge), body.Reason, wrong);
        var accounts = new List<AccountId>(body.Accounts.Count);
        foreach (var (i, text) in body.Accounts.Index())
        {
            if (!forms.TryParse(text, out var account, out var problem))
                return (null, null, $"'accounts[{i}]' is not an account. {problem}");
            if (accounts.Contains(account))
                return (null, null, $"'accounts[{i}]' is '{account}', which stands there twice: name each account once.");
            accounts.Add(account);
        }

        if (accounts.Count is < 1 or > ProfileLink.MaxAccounts)
            return (null, null, $"'accounts' must hold 1 to {ProfileLink.MaxAccounts} accounts.");
        if (!accounts.Contains(id))
            return (null, null, $"'accounts' must hold '{id}', which the path names. The first one will name the profile.");
        return (new ProfileChange(accounts, DisplayName.FormOf(body.Name), body.Url, body.Avatar, body.Badge), body.Reason, null);
    }

    /// <summary>The standing asked for and why; else a sentence that names the field, the rule and what to send.</summary>
    public static (Standing Standing, string? Reason, string? Wrong) ReadStanding(byte[] json)
    {
        var (body, wrong) = Read(
            json,
            ApiJson.Default.StandingRequest,
            "The body must be a JSON object such as {\"standing\":\"bot\",\"reason\":\"Posts by itself\"}."
        );
        if (body is null)
            return (default, null, wrong);
        Standing? standing = body.Standing switch
        {
            "member" => Standing.Member,
            "bot" => Standing.Bot,
            "excluded" => Standing.Excluded,
            _ => null,
        };
        if (standing is null)
            return (default, null, "'standing' must be member, bot or excluded.");
        if (string.IsNullOrWhiteSpace(body.Reason))
            return (default, null, $"'reason' is required: 1 to {AuditLog.MaxReason} characters for the audit.");
        return (standing.Value, body.Reason, Operations.OperatorCalls.Refuse(body.Reason));
    }

    private static (T? Body, string? Wrong) Read<T>(byte[] json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, string rule)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) is { } body ? (body, null) : (null, rule);
        }
        catch (JsonException e) when (e.Path is { Length: > 2 } path)
        {
            return (null, $"'{path[2..]}' has a value of the wrong kind. {rule}");
        }
        catch (JsonException)
        {
            return (null, rule);
        }
    }

    private static string? RefuseAddress(string field, string? address) =>
        address is null
        || (
            PlainText.IsWithin(address, MaxUrl)
            && address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            && !address.Any(char.IsWhiteSpace)
            && Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri.Scheme == Uri.UriSchemeHttps
            && uri.UserInfo.Length == 0
        )
            ? null
            : $"'{field}' must be an https address of at most {MaxUrl} characters, such as https://example.org/ann.png.";
}
