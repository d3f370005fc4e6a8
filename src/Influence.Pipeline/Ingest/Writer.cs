using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Ingest;

/// <summary>Who sends facts by the API, as the settings name the key that was shown.</summary>
/// <param name="Name">The name, part of the facts' source; null for a key that no setting names.</param>
/// <param name="Networks">The networks it may write; empty for all.</param>
/// <param name="Sources">
/// The sources it may speak for: a backfill of what a webhook told, say. Where any are named, it may forward deliveries of those alone.
/// </param>
/// <param name="ItemsPerMinute">How many items it may send; null for what keys without a number of their own may, 0 for any number.</param>
public sealed record Writer(string? Name, IReadOnlyList<string> Networks, IReadOnlyList<string> Sources, int? ItemsPerMinute = null)
{
    /// <summary>A key that no setting names.</summary>
    public static Writer Unnamed { get; } = new(null, [], []);

    /// <summary>The source of facts that it sends.</summary>
    /// <param name="said">The source that the body names; null for none.</param>
    public string SourceOf(string? said)
    {
        if (said is not null && Sources.Contains(said, StringComparer.Ordinal))
            return said;
        // No writer's name is "-": what a key without a name says is never a writer's own.
        return (Name, said) switch
        {
            (null, null) => "api",
            (null, _) => $"api/-/{said}",
            (_, null) => $"api/{Name}",
            _ => $"api/{Name}/{said}",
        };
    }

    /// <summary>Whether it may forward deliveries of a source that cannot sign.</summary>
    public bool MayForward(string source) => Sources.Count == 0 || Sources.Contains(source, StringComparer.Ordinal);

    /// <summary>Why a fact is not for this writer to send; null when it is.</summary>
    public FactRefusal? Refuse(Fact fact) =>
        Networks.Count == 0
            ? null
            : fact switch
            {
                Interaction i => RefuseNetwork("actor", i.Actor.Network)
                    ?? (i.Target is { } target ? RefuseNetwork("target", target.Network) : null),
                Undo u => Refuse(u.Original),
                MetricReport m => RefuseNetwork("account", m.Account.Network),
                _ => null,
            };

    /// <summary>Why something about accounts of a network is not for this writer; null when it is.</summary>
    /// <param name="field">Names the account in the refusal.</param>
    /// <param name="network">The network; null for several.</param>
    public FactRefusal? RefuseNetwork(string field, string? network) =>
        Networks.Count == 0 || (network is not null && Networks.Contains(network, StringComparer.Ordinal))
            ? null
            : new FactRefusal(
                RefusalCode.InvalidAccount,
                field,
                $"is of a network that the key '{Name}' may not write; it may write {string.Join(", ", Networks)}"
            );
}

/// <summary>The keys that settings name: section <c>Writers:{name}</c>.</summary>
/// <remarks>
/// <c>KeyHash</c>, or <c>KeyHashes</c> for several keys of one name while they are rotated; <c>Networks</c>, <c>Sources</c> and
/// <c>ItemsPerMinute</c>.
/// Here and on Azure alike: the host knows its keys by name, but does not tell the app. A hash is of no use to who reads it. A setting that
/// is misspelt ends the start.
/// </remarks>
public sealed partial class Writers
{
    /// <summary>The section's name.</summary>
    public const string Section = "Writers";

    private const string One = "KeyHash";
    private const string Several = "KeyHashes";
    private const string Budget = "ItemsPerMinute";
    private const int MostItems = 10_000_000;

    private static readonly string[] Lists = [Several, "Networks", "Sources"];
    private static readonly string[] Parts = [One, Budget, .. Lists];

    private readonly Dictionary<string, Writer> byHash = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the section.</summary>
    /// <exception cref="OptionsValidationException">A writer is set wrongly; the message names the setting, and no value.</exception>
    public Writers(IConfiguration configuration)
    {
        foreach (var section in configuration.GetSection(Section).GetChildren())
        {
            var name = section.Key.ToLowerInvariant();
            if (!NameForm().IsMatch(name))
                throw Invalid(section, "has a name that is not 1-32 characters of a-z, 0-9 and '-', the first none of the last");
            if (section.GetChildren().FirstOrDefault(p => !Parts.Contains(p.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
                throw Invalid(unknown, $"is not known here; known are {string.Join(", ", Parts)}");
            if (section.GetChildren().FirstOrDefault(p => p.Value is not null && IsList(p.Key)) is { } single)
                throw Invalid(single, "is one value, not a list: the first one's name ends in __0");
            var networks = Listed(section, "Networks").Select(n => NetworkRules.Find(n)?.StoredAs ?? n);
            var writer = new Writer(name, [.. networks], Listed(section, "Sources"), BudgetOf(section));
            foreach (var hash in HashesOf(section))
                if (!byHash.TryAdd(hash.Value!, writer))
                    throw Invalid(hash, $"is also that of '{byHash[hash.Value!].Name}'");
        }
    }

    /// <summary>Whether no key is named.</summary>
    public bool IsEmpty => byHash.Count == 0;

    /// <summary>The writer of a key.</summary>
    /// <param name="key">The key that the host let in; null where there was none to see.</param>
    public Writer Of(string? key) =>
        key is not null && byHash.GetValueOrDefault(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))) is { } writer
            ? writer
            : Writer.Unnamed;

    private static bool IsList(string part) => Lists.Contains(part, StringComparer.OrdinalIgnoreCase);

    private static List<IConfigurationSection> HashesOf(IConfigurationSection writer)
    {
        var single = writer.GetSection(One);
        List<IConfigurationSection> hashes = [.. writer.GetSection(Several).GetChildren()];
        if (single.Value is not null || hashes.Count == 0)
            hashes.Add(single);
        return hashes.Find(h => h.Value is null || !HashForm().IsMatch(h.Value)) is { } wrong
            ? throw Invalid(wrong, "is not the SHA-256 of the key in 64 hex digits")
            : hashes;
    }

    private static int? BudgetOf(IConfigurationSection writer)
    {
        var setting = writer.GetSection(Budget);
        if (setting.Value is null)
            return null;
        return int.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var items) && items <= MostItems
            ? items
            : throw Invalid(setting, $"is not a whole number from 0 to {MostItems}");
    }

    private static string[] Listed(IConfigurationSection section, string part) =>
        [.. section.GetSection(part).GetChildren().Select(c => c.Value?.Trim().ToLowerInvariant()).OfType<string>()];

    private static OptionsValidationException Invalid(IConfigurationSection section, string why) =>
        new(Section, typeof(Writer), [$"The setting '{section.Path.Replace(":", "__", StringComparison.Ordinal)}' {why}."]);

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,31}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameForm();

    [GeneratedRegex(@"^[0-9a-fA-F]{64}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HashForm();
}
