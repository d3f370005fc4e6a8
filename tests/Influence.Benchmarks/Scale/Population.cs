using System.Globalization;

namespace Influence.Benchmarks.Scale;

/// <summary>
/// Accounts and what they received, the same on every run. Heavy-tailed: the account of rank r receives in proportion to r^-0.75, about
/// 10.6 interactions each
/// on average, a fifth of them from the 2% who engage most. Each account is active on 1 to 6 of the last 60 days, on one of three networks,
/// in one topic and
/// one community.
/// </summary>
internal sealed class Population
{
    public const long Now = Facts.Now;

    private const double Mean = 10.6;
    private const double Tail = 0.75;
    private const int Topics = 40;
    private const int Communities = 100;

    private readonly FactContext[] contexts;
    private readonly double top;

    public Population(int size)
    {
        Accounts = new AccountId[size];
        for (var i = 0; i < size; i++)
            Accounts[i] = AccountId.Parse(string.Create(CultureInfo.InvariantCulture, $"net{i % 3}:{i}"));
        contexts =
        [
            .. Enumerable.Range(0, Topics * Communities).Select(i => FactContext.Of([$"topic{i % Topics}"], $"community{i / Topics}")),
        ];
        var sum = 0.0;
        for (var rank = 1; rank <= size; rank++)
            sum += Math.Pow(rank, -Tail);
        top = Mean * size / sum;
    }

    public AccountId[] Accounts { get; }

    /// <summary>What the account of a rank (from 0) received, in the order of its moments.</summary>
    public Interaction[] About(int rank)
    {
        var random = new Random(rank);
        var facts = new Interaction[Math.Max(1, (int)((top * Math.Pow(rank + 1, -Tail)) + random.NextDouble()))];
        var days = new long[random.Next(1, 7)];
        for (var i = 0; i < days.Length; i++)
            days[i] = Now - (ScoringPolicy.Day * (1 + random.Next(60)));
        var context = contexts[(int)(contexts.Length * Math.Pow(random.NextDouble(), 2))];
        for (var i = 0; i < facts.Length; i++)
        {
            facts[i] = new Interaction
            {
                Type = (InteractionType)random.Next(3, 9),
                Actor = Accounts[ActorOf(rank, random)],
                Target = Accounts[rank],
                At = days[random.Next(days.Length)] + random.Next((int)ScoringPolicy.Day),
                Context = i % 2 == 0 ? context : FactContext.None,
            };
        }

        Array.Sort(facts, (a, b) => a.At.CompareTo(b.At));
        return facts;
    }

    public AccountState StateOf(int rank) =>
        Facts.Apply(AccountState.Empty(Accounts[rank], ScoringPolicy.Current, Facts.Keys), About(rank));

    /// <summary>What the account of a rank did itself: about as much as it received, on its own days.</summary>
    public Activity ActivityOf(int rank)
    {
        var (random, own) = (new Random(~rank), Activity.None);
        for (var i = random.Next(2, 20); i > 0; i--)
            own = own.Merge(
                Activity.Of(
                    new Interaction
                    {
                        Type = (InteractionType)random.Next(3, 10),
                        Actor = Accounts[rank],
                        Target = Accounts[random.Next(Accounts.Length)],
                        At = Now - (ScoringPolicy.Day * random.Next(28)),
                        Context = i % 2 == 0 ? contexts[random.Next(contexts.Length)] : FactContext.None,
                    },
                    Facts.Keys
                )
            );
        return own;
    }

    // Nobody engages with themselves.
    private int ActorOf(int rank, Random random)
    {
        var actor = random.Next(5) == 0 ? random.Next(Math.Max(2, Accounts.Length / 50)) : random.Next(Accounts.Length);
        return actor == rank ? (actor + 1) % Accounts.Length : actor;
    }
}
