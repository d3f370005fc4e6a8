using CsCheck;

namespace Influence.Scoring.Tests.Promises;

public sealed class Promise10_BadCountsAreRefused
{
    private static readonly double[] Edges =
    [
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        -0.0,
        -1,
        FactRules.MaxGauge,
        FactRules.MaxIncrement,
    ];

    private static readonly Gen<double> Count = Gen.OneOf(
        Gen.Double,
        Gen.Double[0, 2 * FactRules.MaxGauge],
        Gen.Int[0, Edges.Length - 1].Select(i => Edges[i])
    );

    [Fact]
    public void No_count_that_is_not_finite_or_negative_or_absurd_is_ever_stored() =>
        Gen.Select(Count, Gen.Int[0, 8], Scenario.Facts)
            .Sample(
                (value, kind, facts) =>
                {
                    var metric = new MetricReport
                    {
                        Account = Scenario.Target,
                        Counts = kind == 0 ? null : (InteractionType)kind,
                        Value = value,
                        At = Scenario.Now,
                        Id = "x",
                    };
                    var before = Scenario.Apply(facts);
                    var applied = AccountUpdate.Apply(before, [metric], VoteTable.AllOne, Scenario.Now);
                    var isFine = double.IsFinite(value) && value >= 0 && value <= (kind == 0 ? FactRules.MaxGauge : FactRules.MaxIncrement);
                    Assert.Equal(!isFine, applied.Outcomes[0].Effect == FactEffect.Refused);
                    if (!isFine)
                        Assert.Same(before, applied.State);
                    Assert.True(double.IsFinite(applied.State.ScoreAt(Scenario.Now).Value));
                },
                iter: 10_000
            );

    [Theory]
    [InlineData(double.NaN, RefusalCode.NotFinite)]
    [InlineData(double.PositiveInfinity, RefusalCode.NotFinite)]
    [InlineData(double.NegativeInfinity, RefusalCode.NotFinite)]
    [InlineData(-0.001, RefusalCode.Negative)]
    [InlineData(1.1e9, RefusalCode.TooLarge)]
    public void The_refusal_names_the_field_and_the_rule(double value, RefusalCode code)
    {
        var gauge = new MetricReport
        {
            Account = Scenario.Target,
            Value = value,
            At = Scenario.Now,
        };
        Check(gauge, code, "value");
        Check(gauge with { Counts = InteractionType.View, Id = "x" }, code, "add");
    }

    [Fact]
    public void Interactions_that_break_a_rule_are_refused_by_name()
    {
        var fine = new Interaction
        {
            Type = InteractionType.Like,
            Actor = AccountId.Parse("net:a"),
            Target = Scenario.Target,
            At = Scenario.Now,
        };
        Assert.Null(FactRules.Refuse(fine, ScoringPolicy.Version1, Scenario.Now));
        Check(fine with { Actor = Scenario.Target }, RefusalCode.SelfInteraction, "target");
        Check(fine with { At = Scenario.Now - (90 * 86_400) - 1 }, RefusalCode.TooOld, "at");
        Check(fine with { At = Scenario.Now + 301 }, RefusalCode.InFuture, "at");
        Check(fine with { Type = (InteractionType)77 }, RefusalCode.UnknownType, "type");
        Check(fine with { Target = null }, RefusalCode.MissingField, "target");
        Check(fine with { Target = AccountId.Parse("net:somebody") }, RefusalCode.WrongAccount, "target");
        Check(fine with { Actor = default }, RefusalCode.MissingField, "actor");
        Check(fine with { Type = InteractionType.Post }, RefusalCode.InvalidField, "target");
        Check(fine with { Id = "" }, RefusalCode.MissingField, "id");
        Check(fine with { Id = new string('i', 257) }, RefusalCode.TooLong, "id");
        Check(fine with { Id = "a\u0007" }, RefusalCode.InvalidField, "id");
        Check(fine with { Object = new string('o', 1025) }, RefusalCode.TooLong, "object");
        Check(fine with { Context = FactContext.Of(["1", "2", "3", "4", "5", "6"], null) }, RefusalCode.TooLong, "topics");
        Check(fine with { Context = FactContext.Of([new string('t', 65)], null) }, RefusalCode.TooLong, "topics");
        Check(fine with { Context = FactContext.Of(null, "\ud800") }, RefusalCode.InvalidField, "community");
        Check(new Undo(fine with { At = Scenario.Now + 301 }), RefusalCode.InFuture, "at");
        Check(
            new MetricReport
            {
                Account = Scenario.Target,
                Counts = InteractionType.Post,
                Value = 1,
                At = Scenario.Now,
                Id = "p",
            },
            RefusalCode.UnknownType,
            "metric"
        );
        Check(
            new MetricReport
            {
                Account = Scenario.Target,
                Counts = InteractionType.View,
                Value = 1,
                At = Scenario.Now,
            },
            RefusalCode.MissingField,
            "id"
        );
    }

    private static void Check(Fact fact, RefusalCode code, string field)
    {
        var applied = AccountUpdate.Apply(Scenario.Empty, [fact], VoteTable.AllOne, Scenario.Now);
        Assert.Same(Scenario.Empty, applied.State);
        var refusal = Assert.Single(applied.Outcomes).Refusal!;
        Assert.Equal((code, field), (refusal.Code, refusal.Field));
        Assert.StartsWith($"'{field}' ", refusal.Message, StringComparison.Ordinal);
    }
}
