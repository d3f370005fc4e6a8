namespace Influence.Pipeline.Query;

/// <summary>A profile's explanation as the API tells it.</summary>
internal static class ExplanationContract
{
    public static Explanation Of(LoadedProfile profile, int day, ErasedAccounts erased)
    {
        var view = profile.View;
        var change = view.ChangeSince(day);
        var (now, before) = (view.Score, view.ScoreAtEndOf(day));
        var people = view.TopPeople;
        return new Explanation(
            profile.Id.Value,
            DateTimeOffset.FromUnixTimeSeconds(view.Moment),
            view.Policy.Version,
            Of(now),
            SharesOf(view),
            [.. people.Where(p => !erased.Has(p.Account)).Select(p => Of(p.Account, p.Ties, view))],
            new ExplainedCoverage(view.Interactions, view.People, view.RecentPeople, view.Days, view.ScoreWithoutTop),
            Of(change, day, before) with
            {
                PolicyChange = view.ChangeoverSince(day) is { } moved ? Of(moved, view) : null,
            },
            AccountsOf(view, day),
            [.. ProfileSentences.Of(view, day, change).Select(s => new ExplainedSentence(s.About, s.Code, s.Text, s.Numbers))]
        )
        {
            Name = profile.Name,
            Style = Measures.StyleOf(view.StyledAccount.Style),
            EngagesBack = view.StyledAccount is { Style: not null } own ? own.EngagesBack : null,
            Makeup = Measures.MakeupOf(view),
        };
    }

    private static ExplainedScore Of(Score score) =>
        new(score.Value, score.Influence, score.Reach, score.Depth, score.Voice, score.Influence - score.Audience, score.Audience);

    private static ExplainedShares SharesOf(ProfileView view) =>
        new(
            Shares.Of(
                view.Accounts.Select(a => KeyValuePair.Create(a.Account.Value, a.InputsAt(view.Moment).Influence)),
                view.Inputs.Influence
            ),
            view.SharesBy(s => s.SharesByType),
            view.SharesBy(s => s.SharesByTopic),
            view.SharesBy(s => s.SharesByCommunity)
        );

    private static ExplainedPerson Of(AccountId person, IReadOnlyList<Person> ties, ProfileView view)
    {
        List<ExplainedTie> told = [.. ties.Select(t => Of(t, view))];
        var sum = told.Sum(t => t.Tie);
        return new ExplainedPerson(person.Value, sum, view.Inputs.People > 0 ? sum / view.Inputs.People : 0, told)
        {
            Name = ties.OrderByDescending(t => t.NameAt).Select(t => t.Name).FirstOrDefault(n => n is not null),
        };
    }

    private static ExplainedTie Of(Person tie, ProfileView view)
    {
        var (strength, recency) = (view.Policy.Strength(tie.Points), view.Policy.Fade(view.Moment - tie.Last));
        return new ExplainedTie(
            tie.Points,
            DateTimeOffset.FromUnixTimeSeconds(tie.Last),
            strength,
            recency,
            tie.Vote,
            tie.Vote * strength * recency
        );
    }

    private static ExplainedChange Of(ScoreChange change, int day, Score before) =>
        new(
            ExplanationQueries.DateOf(day),
            change.Points,
            change.Reach,
            change.Depth,
            change.Voice,
            change.Audience,
            change.Settlement,
            change.Policy,
            Of(before)
        );

    private static ExplainedPolicyChange Of(PolicyChangeover change, ProfileView view) =>
        new(
            DateTimeOffset.FromUnixTimeSeconds(change.At),
            change.From,
            (ScoringPolicy.Find(change.From) ?? view.Policy).ScoreOf(change.Before.Influence),
            view.Policy.ScoreOf(change.After.Influence)
        );

    private static List<ExplainedAccount> AccountsOf(ProfileView view, int day)
    {
        var settled = view.SettledSince(day);
        return
        [
            .. view.Accounts.Select(
                (a, i) =>
                {
                    var now = a.InputsAt(view.Moment);
                    return new ExplainedAccount(
                        a.Account.Value,
                        now.People,
                        now.Audience,
                        a.Link?.InnerAt(view.Moment, a.Policy).People ?? 0,
                        a.KnownAtEndOf(day).People,
                        settled[i]
                    );
                }
            ),
        ];
    }
}
