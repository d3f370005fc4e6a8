using System.Collections.Immutable;

namespace Influence.Scoring.State;

/// <summary>
/// The people who count most by name. <see cref="Kept"/> are kept so that <see cref="Shown"/> can be shown: names are known only while
/// somebody
/// acts, so after more than 12 of those kept left through undos or settlements, fewer may be shown until others act again. Without these
/// the list is exact.
/// </summary>
internal static class TopPeople
{
    public const int Kept = 32;
    public const int Shown = 20;

    /// <summary>Heaviest first, then by account id.</summary>
    public static ImmutableArray<Person> Sort(IEnumerable<Person> people, ScoringPolicy policy) =>
        [
            .. people
                .Select(p => (Person: p, Weight: p.Weight(policy)))
                .OrderByDescending(p => p.Weight)
                .ThenBy(p => p.Person.Account)
                .Take(Kept)
                .Select(p => p.Person),
        ];
}
