namespace Influence.Benchmarks;

/// <summary>Made-up facts: the same on every run.</summary>
internal static class Facts
{
    public const long Now = 1_790_000_000;
    public static readonly KeyHasher Keys = new(1);

    public static Interaction[] About(AccountId target, int count, int people, int seed)
    {
        var random = new Random(seed);
        var actors = Enumerable.Range(0, people).Select(i => AccountId.Parse($"net:a{i}")).ToArray();
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new Interaction
                {
                    Type = (InteractionType)random.Next(1, 9),
                    Actor = actors[random.Next(people)],
                    Target = target,
                    At = Now - random.Next(86_400),
                    Id = $"{seed}/{i}",
                }),
        ];
    }

    public static AccountState Apply(AccountState state, IReadOnlyList<Fact> facts) =>
        AccountUpdate.Apply(state, facts, VoteTable.AllOne, Now).State;

    public static AccountState Empty(string account) => AccountState.Empty(AccountId.Parse(account), ScoringPolicy.Version1, Keys);
}
