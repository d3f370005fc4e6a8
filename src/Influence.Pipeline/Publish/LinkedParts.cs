namespace Influence.Pipeline.Publish;

/// <summary>What an account of a profile brings to boards, until those of all its accounts are there.</summary>
/// <param name="Network">The account's network.</param>
/// <param name="Part">What it brings.</param>
/// <param name="IsMember">Whether it counts as a person.</param>
internal readonly record struct LinkedPart(string Network, BoardPart Part, bool IsMember);

/// <summary>The parts of linked accounts by profile: they lie in several ranges, and are ranked as one.</summary>
internal sealed class LinkedParts
{
    private readonly Dictionary<AccountId, List<LinkedPart>> profiles = [];

    /// <summary>The profiles with their parts.</summary>
    public IReadOnlyDictionary<AccountId, List<LinkedPart>> Profiles => profiles;

    public void Add(AccountId profile, LinkedPart part)
    {
        if (!profiles.TryGetValue(profile, out var parts))
            profiles[profile] = parts = [];
        parts.Add(part);
    }

    /// <summary>Puts each profile on the boards, as one: on those of a network with what its accounts there bring.</summary>
    /// <param name="boards">The boards.</param>
    /// <param name="nameOf">The name that an operator gave a profile; null for none.</param>
    public void RankOn(BoardBuilder boards, Func<AccountId, string?> nameOf)
    {
        foreach (var (profile, parts) in profiles)
        {
            // One of them is no person: then neither is the profile.
            if (!parts.TrueForAll(p => p.IsMember))
                continue;
            var name = nameOf(profile);
            boards.AddToAll(profile, SumOf(parts, name));
            foreach (var network in parts.GroupBy(p => p.Network, StringComparer.Ordinal))
                boards.AddToNetwork(network.Key, profile, SumOf(network, name));
        }
    }

    private static BoardPart SumOf(IEnumerable<LinkedPart> parts, string? name)
    {
        var sum = parts.Select(p => p.Part).Aggregate((a, b) => a.Plus(b));
        return name is null ? sum : sum with { Name = name, NamedBy = null };
    }
}
