using CsCheck;

namespace Influence.Scoring.Tests.Support;

/// <summary>Random facts about one account, and the many ways they can arrive.</summary>
internal static class Scenario
{
    public const long Now = 1_790_000_000;
    public static readonly AccountId Target = AccountId.Parse("net:target");
    public static readonly KeyHasher Keys = new(42);

    private const int Window = 80 * 86_400;
    private static readonly string[] Topics = ["music", "code", "food", "sport"];
    private static readonly string?[] Communities = [null, "north", "south"];

    private static Gen<T> OneOf<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    public static AccountState Empty { get; } = AccountState.Empty(Target, ScoringPolicy.Version1, Keys);

    public static Gen<FactContext> Context { get; } = Gen.Select(OneOf(Topics).Array[0, 3], OneOf(Communities), FactContext.Of);

    // An id belongs to one interaction: it is made of what the interaction is.
    public static Gen<Interaction> Interaction { get; } =
        Gen.Select(
            Gen.Int[1, 8],
            Gen.Int[0, 9],
            Gen.Int[0, Window],
            Gen.Bool,
            Gen.Int[0, 2],
            Context,
            (type, actor, age, hasId, about, context) =>
                new Interaction
                {
                    Type = (InteractionType)type,
                    Actor = AccountId.Parse($"net:a{actor}"),
                    Target = Target,
                    At = Now - age,
                    Id = hasId ? $"{type}/{age}/{about}" : null,
                    Object = $"o{about}",
                    Context = context,
                }
        );

    /// <summary>Interactions of which many are of one id or one content.</summary>
    /// <remarks>
    /// Of few actors, ids, objects, days and sources. An id names one thing, of one type and object; its moment and context may come in
    /// several versions.
    /// </remarks>
    public static Gen<Interaction> Colliding { get; } =
        Gen.Select(
            Gen.Int[1, 4],
            Gen.Int[0, 2],
            Gen.Int[0, 40],
            Gen.Int[0, 3],
            Gen.Int[0, 2],
            Context,
            OneOf<string?>([null, "github", "api/crm"]),
            (type, actor, age, id, about, context, source) =>
                new Interaction
                {
                    Type = (InteractionType)(id == 0 ? type : id),
                    Actor = AccountId.Parse($"net:a{actor}"),
                    Target = Target,
                    At = Now - (age * 7_000),
                    Id = id == 0 ? null : $"i{id}",
                    Object = (id == 0 ? about : id - 1) is > 0 and var o ? $"o{o}" : null,
                    Context = context,
                    Source = source,
                }
        );

    /// <summary>An undo by id or by content, with a moment of its own.</summary>
    public static Gen<Undo> CollidingUndo { get; } =
        Gen.Select(Colliding, Gen.Int[0, 40], (original, age) => new Undo(original) { At = Now - (age * 7_000) });

    public static Gen<MetricReport> Metric { get; } =
        Gen.Select(
            Gen.Int[0, 8],
            Gen.Int[0, Window],
            Gen.Int[0, 100_000],
            (kind, age, value) =>
                new MetricReport
                {
                    Account = Target,
                    Counts = kind == 0 ? null : (InteractionType)kind,
                    Value = value,
                    At = Now - age,
                    Id = $"m{kind}/{age}/{value}",
                }
        );

    /// <summary>The two mixed with metrics.</summary>
    public static Gen<Fact[]> CollidingFacts { get; } =
        Gen.Select(
            Colliding.Array[0, 24],
            CollidingUndo.Array[0, 6],
            Metric.Array[0, 3],
            (interactions, undos, metrics) => (Fact[])[.. interactions, .. undos, .. metrics]
        );

    public static Gen<Interaction[]> Interactions { get; } = Interaction.Array[0, 24];

    public static Gen<Fact[]> Facts { get; } = Gen.Select(Interactions, Metric.Array[0, 5], (i, m) => (Fact[])[.. i, .. m]);

    /// <summary>Random votes of a settlement for the people of <see cref="Interaction"/>: 0 to 4, some of them 1.</summary>
    public static VoteTable Votes(int seed)
    {
        var random = new Random(seed);
        return VoteTable.Of(
            Enumerable
                .Range(0, 10)
                .Select(i =>
                    KeyValuePair.Create(
                        Keys.KeyOf(AccountId.Parse($"net:a{i}")),
                        random.Next(3) == 0 ? 1 : (float)(random.NextDouble() * 4)
                    )
                )
        );
    }

    public static Undo UndoOf(Interaction interaction) => new(interaction);

    /// <summary>Every fact at least once, some up to three times, in any order.</summary>
    public static Fact[] Shuffle(IEnumerable<Fact> facts, int seed)
    {
        var random = new Random(seed);
        Fact[] repeated = [.. facts.SelectMany(f => Enumerable.Repeat(f, random.Next(1, 4)))];
        random.Shuffle(repeated);
        return repeated;
    }

    /// <summary>Applies facts in batches of random sizes.</summary>
    public static AccountState Apply(IEnumerable<Fact> facts, int seed = 0, IVotes? votes = null, AccountState? state = null)
    {
        var random = new Random(seed);
        var rest = facts.ToArray().AsSpan();
        state ??= Empty;
        while (!rest.IsEmpty)
        {
            var size = random.Next(1, rest.Length + 1);
            state = AccountUpdate.Apply(state, rest[..size].ToArray(), votes ?? VoteTable.AllOne, Now).State;
            rest = rest[size..];
        }

        return state;
    }
}
