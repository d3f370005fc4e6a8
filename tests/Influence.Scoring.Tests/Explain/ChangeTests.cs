using CsCheck;

namespace Influence.Scoring.Tests.Explain;

/// <summary>Whatever happens to an account, the parts of an explanation sum to the whole.</summary>
public sealed class ChangeTests
{
    [Fact]
    public void The_parts_of_a_change_sum_to_it_whatever_happened() =>
        Gen.Select(Life.Any, Gen.Int[1, 60])
            .Sample(
                (life, days) =>
                {
                    var profile = new ProfileView([life.State], life.Moment);
                    Check(profile, profile.Today - days);
                },
                iter: 10_000
            );

    [Fact]
    public void So_do_those_of_a_profile_of_several_accounts() =>
        Gen.Select(Life.Any.Array[1, 4], Gen.Int[1, 60])
            .Sample(
                (lives, days) =>
                {
                    var profile = new ProfileView([.. lives.Select(l => l.State)], lives.Max(l => l.Moment));
                    Check(profile, profile.Today - days);
                },
                iter: 2_000
            );

    [Fact]
    public void Fresh_votes_alone_are_the_settlements_part() =>
        Gen.Select(Scenario.Facts, Gen.Int[0, int.MaxValue - 1])
            .Sample(
                (facts, seed) =>
                {
                    var before = Scenario.Apply(facts);
                    var after = AccountRecompute.Recompute(before, Scenario.Votes(seed), Scenario.Now);
                    var (old, now) = (before.InputsAt(Scenario.Now), after.InputsAt(Scenario.Now));
                    var settled = ScoreChange.SettledInfluence(old.People, now.People, after.Totals.Settled - before.Totals.Settled);
                    var change = ScoreChange.Between(old, now, before.Policy, settled);
                    StateView.Close(change.Points, old.People > 0 && now.People > 0 ? change.Settlement : change.Reach, "settlement");
                },
                iter: 10_000
            );

    [Fact]
    public void Nothing_new_is_said_to_be_fading_and_nothing_else()
    {
        var state = Scenario.Apply([Liked(1), Liked(2)]);
        var profile = new ProfileView([state], Scenario.Now + (7 * ScoringPolicy.Day));
        var day = profile.Today - 3;
        var sentence = Assert.Single(ProfileSentences.Of(profile, day, profile.ChangeSince(day)), s => s.About == "change");
        Assert.Equal("change_faded", sentence.Code);
        Assert.Contains("That is all that happened", sentence.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Votes_that_settled_after_the_latest_fact_are_the_settlements_part_and_leave_past_days()
    {
        var state = Scenario.Apply([Liked(1), Liked(2)]);
        var settledAt = Scenario.Now + (2 * ScoringPolicy.Day);
        var before = new ProfileView([state], settledAt);
        var after = new ProfileView([AccountRecompute.Recompute(state, Scenario.Votes(7), settledAt)], settledAt);
        var day = before.Today - 1;
        var (then, change) = (before.ScoreAtEndOf(day).Value, after.ChangeSince(day));
        Assert.Equal(then, after.ScoreAtEndOf(day).Value, 1e-5);
        Assert.Equal(after.Score.Value - then, change.Points, 1e-5);
        Assert.True(Math.Abs(change.Settlement) > 0.1, $"The votes moved {change.Settlement} points.");
        Assert.Equal(before.Score.Value - then, change.Points - change.Settlement, 0.05);
        var codes = ProfileSentences.Of(after, day, change).Select(s => s.Code).ToArray();
        Assert.DoesNotContain("change_faded", codes);
        Assert.Contains(codes, c => c.StartsWith("change_settlement", StringComparison.Ordinal));
    }

    [Fact]
    public void A_score_on_three_people_is_said_to_rest_on_three()
    {
        var state = Scenario.Apply([Liked(1), Liked(2), Liked(3)]);
        var profile = new ProfileView([state], Scenario.Now);
        var coverage = Assert.Single(Sentences(profile), s => s.About == "coverage");
        Assert.Equal("coverage_few", coverage.Code);
        Assert.Contains("3 people only", coverage.Text, StringComparison.Ordinal);
        Assert.Equal(
            ScoringPolicy.Version1.ScoreOf(profile.Inputs.Influence - profile.TopPeople[0].Tie),
            coverage.Numbers["without"],
            1e-12
        );
    }

    [Fact]
    public void A_change_of_policy_has_both_scores_and_its_own_part()
    {
        var before = Scenario.Apply([Liked(1), Liked(2) with { Type = InteractionType.Share }]);
        var after = PolicyChangeover.Apply(before, Life.Other, Scenario.Now);
        var profile = new ProfileView([after], Scenario.Now + 60);
        var change = profile.ChangeSince(profile.Today - 1);
        var then = after.Changeover!;
        Assert.Equal(
            Life.Other.ScoreOf(then.After.Influence) - ScoringPolicy.Version1.ScoreOf(then.Before.Influence),
            change.Policy,
            1e-12
        );
        Assert.Contains(Sentences(profile), s => s.Code.StartsWith("change_policy", StringComparison.Ordinal));
    }

    [Fact]
    public void Under_another_policy_it_is_as_if_the_facts_had_come_under_it() =>
        Scenario.Facts.Sample(
            facts =>
            {
                var converted = PolicyChangeover.Apply(Scenario.Apply(facts), Life.Other, Scenario.Now);
                var direct = Scenario.Apply(facts, state: AccountState.Empty(Scenario.Target, Life.Other, Scenario.Keys));
                StateView.Close(direct.ScoreAt(Scenario.Now).Value, converted.ScoreAt(Scenario.Now).Value, "score");
            },
            iter: 2_000
        );

    private static IReadOnlyList<Sentence> Sentences(ProfileView profile) =>
        ProfileSentences.Of(profile, profile.Today - 1, profile.ChangeSince(profile.Today - 1));

    private static void Check(ProfileView profile, int day)
    {
        var change = profile.ChangeSince(day);
        var whole = profile.Score.Value - profile.ScoreAtEndOf(day).Value;
        StateView.Close(whole, change.Points, "change");
        var parts = change.Reach + change.Depth + change.Voice + change.Audience + change.Settlement + change.Policy;
        StateView.Close(change.Points, parts, "sum of the parts");
        var score = profile.Score;
        StateView.Close(score.Influence - score.Audience, score.Reach * score.Depth * score.Voice, "R·D·Q");
        Assert.All(Sentences(profile), s => Assert.DoesNotContain("NaN", s.Text, StringComparison.Ordinal));
        foreach (var family in new Func<PeopleShares, IReadOnlyDictionary<string, double>>[] { s => s.SharesByType, s => s.SharesByTopic })
            if (profile.SharesBy(family) is { Count: > 0 } shares)
                StateView.Close(1, shares.Values.Sum(), "shares");
    }

    private static Interaction Liked(int actor) =>
        new()
        {
            Type = InteractionType.Like,
            Actor = AccountId.Parse($"net:a{actor}"),
            Target = Scenario.Target,
            At = Scenario.Now - 60,
        };
}
