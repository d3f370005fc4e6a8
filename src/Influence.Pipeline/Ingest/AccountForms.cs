using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Ingest;

/// <summary>What the settings of a deployment add to the rules of accounts.</summary>
/// <remarks>
/// <c>Networks:{name}:Case=fold</c> brings a network's ids to lower case; <c>NeverCounted:0</c> … extends the published list of
/// accounts that are no persons. Whatever comes in, and whatever is asked for, passes here.
/// </remarks>
public sealed class AccountForms
{
    /// <summary>The section that settings of networks are in.</summary>
    public const string Section = "Networks";

    private readonly HashSet<string> folded = new(StringComparer.Ordinal);
    private readonly HashSet<string> neverCounted = new(StringComparer.Ordinal);
    private readonly List<(string Network, string End)> neverCountedEnds = [];

    /// <summary>The section of accounts that are no persons.</summary>
    public const string NeverCountedSection = "NeverCounted";

    /// <summary>Reads the settings.</summary>
    /// <exception cref="OptionsValidationException">One is wrong; the message names it.</exception>
    public AccountForms(IConfiguration configuration)
    {
        foreach (var single in configuration.GetSection(Section).GetChildren().Append(configuration.GetSection(NeverCountedSection)))
            if (single.Value is not null)
                throw Invalid(single.Path, "is one value where parts are: Networks__{name}__Case, NeverCounted__0");
        foreach (var network in configuration.GetSection(Section).GetChildren())
        foreach (var part in network.GetChildren())
        {
            if (!part.Key.Equals("Case", StringComparison.OrdinalIgnoreCase) || part.Value is not ("fold" or "keep"))
                throw Invalid(part.Path, "is not known here; known is Case, 'fold' or 'keep'");
            if (NetworkRules.Find(network.Key.ToLowerInvariant()) is not null)
                throw Invalid(part.Path, "is of a network that has a rule of its own (docs/networks.md)");
            if (part.Value == "fold")
                folded.Add(network.Key.ToLowerInvariant());
        }

        foreach (var entry in configuration.GetSection(NeverCountedSection).GetChildren())
            Add(entry.Value ?? "", entry.Path);
    }

    /// <summary>Reads an id, and brings it to the form it has in this deployment.</summary>
    /// <inheritdoc cref="AccountId.TryParse(string?, out AccountId, out string?)"/>
    public bool TryParse(string? text, out AccountId id, out string? problem)
    {
        var isAccount = AccountId.TryParse(text, out id, out problem);
        id = Bring(id);
        return isAccount;
    }

    /// <summary>A fact with its accounts in the form they have in this deployment.</summary>
    public Fact Bring(Fact fact) =>
        folded.Count == 0
            ? fact
            : fact switch
            {
                Interaction i => Bring(i),
                Undo u => u with { Original = Bring(u.Original) },
                MetricReport m => m with { Account = Bring(m.Account) },
                _ => fact,
            };

    /// <summary>Why a fact counts for nobody: one of its accounts is no person by a setting; null when none is.</summary>
    public FactRefusal? Refuse(Fact fact) =>
        neverCounted.Count == 0 && neverCountedEnds.Count == 0
            ? null
            : fact switch
            {
                Interaction i when Matches(i.Actor) => FactRefusal.NotAPerson("actor"),
                Interaction { Target: { } target } when Matches(target) => FactRefusal.NotAPerson("target"),
                Undo u => Refuse(u.Original),
                MetricReport m when Matches(m.Account) => FactRefusal.NotAPerson("account"),
                _ => null,
            };

    private Interaction Bring(Interaction i) => i with { Actor = Bring(i.Actor), Target = i.Target is { } target ? Bring(target) : null };

    private AccountId Bring(AccountId account) => folded.Count > 0 && folded.Contains(account.Network) ? account.Folded() : account;

    private bool Matches(AccountId account) =>
        neverCounted.Contains(account.Value)
        || neverCountedEnds.Exists(e => account.Network == e.Network && account.Value.EndsWith(e.End, StringComparison.Ordinal));

    private void Add(string entry, string setting)
    {
        var star = entry.IndexOf(":*", StringComparison.Ordinal);
        if (star > 0 && entry.Length > star + 2)
            neverCountedEnds.Add(EndOf(entry[..star].Trim().ToLowerInvariant(), entry[(star + 2)..].Trim()));
        else if (TryParse(entry, out var account, out var problem))
            neverCounted.Add(account.Value);
        else
            throw Invalid(setting, $"is not an account. {problem}");
    }

    // In the form that the ids have.
    private (string Network, string End) EndOf(string network, string end)
    {
        var rule = NetworkRules.Find(network);
        if (rule is null)
            return (network, folded.Contains(network) ? end.ToLowerInvariant() : end);
        return (rule.StoredAs, network is "slack" ? end.ToUpperInvariant() : end.ToLowerInvariant());
    }

    private static OptionsValidationException Invalid(string path, string why) =>
        new(Section, typeof(AccountForms), [$"The setting '{path.Replace(":", "__", StringComparison.Ordinal)}' {why.TrimEnd('.')}."]);
}
