using System.Collections.Immutable;
using System.Globalization;

namespace Influence.Scoring.State;

/// <summary>Who an account's audience is made of, as of the last settlement: beside the score, never in it.</summary>
/// <param name="People">How many people lie in each band of their own score (<see cref="VoteTraits"/>).</param>
/// <param name="ElsewhereParts">
/// The part of V_people that comes from people who engage at least two accounts, in ten-thousandths.
/// </param>
public sealed record AudienceMakeup(ImmutableArray<uint> People, int ElsewhereParts)
{
    /// <summary>What 1 is in <see cref="ElsewhereParts"/>.</summary>
    public const int Whole = 10_000;

    /// <summary>How the bands are called.</summary>
    public static IReadOnlyList<string> BandNames { get; } = ["under 10", "10–20", "20–30", "30–40", "40–50", "50 and more"];

    /// <summary>Of nobody.</summary>
    public static AudienceMakeup None { get; } = new([.. new uint[VoteTraits.Bands]], 0);

    /// <summary>How many people there are.</summary>
    public long Total => People.Sum(p => (long)p);

    /// <summary>The share of V_people from people who engage at least two accounts, 0–1; 0 for nobody.</summary>
    public double Elsewhere => (double)ElsewhereParts / Whole;

    /// <summary>The same in a sentence.</summary>
    public string Sentence
    {
        get
        {
            var parts = BandNames.Zip(People).Where(b => b.Second > 0).Select(b => Invariant($"{b.Second:N0} {b.First}"));
            return Total == 0
                ? "Nobody has engaged it lately."
                : (Total == 1 ? "By their own score its one person is: " : Invariant($"By their own score its {Total:N0} people are: "))
                    + $"{string.Join(", ", parts)}; "
                    + Invariant($"{Elsewhere * 100:0} % of what they count for comes from people who engage others here too.");
        }
    }

    /// <summary>The make-up of an account whose ties are loaded.</summary>
    /// <param name="state">The account.</param>
    /// <param name="votes">The votes and traits of who engages it.</param>
    /// <param name="at">The moment, Unix seconds: decides which ties have been silent for too long.</param>
    /// <exception cref="PageNotLoadedException">A page of ties is not loaded.</exception>
    public static AudienceMakeup Of(AccountState state, IVotes votes, long at)
    {
        Span<uint> people = stackalloc uint[VoteTraits.Bands];
        var (whole, elsewhere) = (0.0, 0.0);
        foreach (var tie in state.Ties.Records())
        {
            if (tie.IsSilentAt(at, state.Policy) || state.Link?.IsFellow(tie.Actor) == true)
                continue;
            var traits = votes.TraitsOf(tie.Actor);
            people[VoteTraits.BandOf(traits)]++;
            var part = votes.Of(tie.Actor) * tie.WeightAt(at, state.Policy);
            whole += part;
            elsewhere += VoteTraits.EngagesSeveral(traits) ? part : 0;
        }

        var parts = whole > 0 ? (int)Math.Round(Whole * Math.Min(1, elsewhere / whole), MidpointRounding.AwayFromZero) : 0;
        return parts == 0 && whole == 0 && people.IndexOfAnyExcept(0u) < 0 ? None : new([.. people], parts);
    }

    /// <summary>That of the accounts of a profile together; null where none has one.</summary>
    /// <param name="accounts">The accounts.</param>
    /// <param name="at">The moment by which they are weighed, Unix seconds.</param>
    public static AudienceMakeup? Of(IReadOnlyList<AccountState> accounts, long at)
    {
        if (accounts.Count == 1 || accounts.All(a => a.Makeup is null))
            return accounts[0].Makeup;
        var (people, whole, elsewhere) = (new uint[VoteTraits.Bands], 0.0, 0.0);
        foreach (var account in accounts)
        {
            var (makeup, influence) = (account.Makeup ?? None, account.InputsAt(at).People);
            for (var band = 0; band < people.Length; band++)
                people[band] += makeup.People[band];
            whole += influence;
            elsewhere += influence * makeup.ElsewhereParts;
        }

        return new([.. people], whole > 0 ? (int)Math.Round(elsewhere / whole, MidpointRounding.AwayFromZero) : 0);
    }

    // How much of a difference in shares a tenth more people is worth.
    private const double OfTotal = 0.05;

    /// <summary>The largest difference of any share from another's, 0–1; a tenth more or fewer people are 0.005.</summary>
    public double DifferenceFrom(AudienceMakeup other)
    {
        var largest = Math.Abs(Elsewhere - other.Elsewhere);
        var (own, others) = (Math.Max(1, Total), Math.Max(1, other.Total));
        largest = Math.Max(largest, OfTotal * Math.Abs(Total - other.Total) / Math.Max(own, others));
        for (var band = 0; band < VoteTraits.Bands; band++)
            largest = Math.Max(largest, Math.Abs(((double)People[band] / own) - ((double)other.People[band] / others)));
        return largest;
    }

    /// <summary>A note where V more than doubled; null where it did not, or was nothing before.</summary>
    /// <param name="before">V at the end of the day 7 days before.</param>
    /// <param name="now">V now.</param>
    public static string? NoteOf(double before, double now) =>
        before > 0 && now > 2 * before
            ? Invariant($"Its influence more than doubled within 7 days, from {before:0.##} to {now:0.##}.")
            : null;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
