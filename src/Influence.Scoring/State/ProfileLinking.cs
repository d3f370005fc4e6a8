using System.Collections.Immutable;

namespace Influence.Scoring.State;

/// <summary>Links an account to the other accounts of a profile, and unlinks it. Pure; no tie is rewritten.</summary>
public static class ProfileLinking
{
    /// <summary>The pages that must be loaded to link an account: those that may hold something of the others.</summary>
    /// <param name="state">The account.</param>
    /// <param name="accounts">All accounts of the profile.</param>
    public static IReadOnlyCollection<PageName> Needs(AccountState state, IEnumerable<AccountId> accounts)
    {
        var needs = new HashSet<PageName>();
        foreach (var actor in accounts.Where(a => a != state.Account).Select(state.Keys.KeyOf))
        {
            Add(PageKind.Ties, 0, state.Ties.PageOf(actor));
            foreach (var (day, pages) in state.Ledger.Days)
            foreach (var page in pages.PagesOf(LedgerEntry.FirstSlotOf(actor), LedgerEntry.LastSlotOf(actor)))
                Add(PageKind.Ledger, day, page);
        }

        return needs;
        void Add(PageKind kind, int day, Page page)
        {
            if (!page.IsLoaded)
                needs.Add(new PageName(kind, day, page.Start));
        }
    }

    /// <summary>The account as one of a profile; linked before, it is linked anew.</summary>
    /// <param name="state">The account, the pages of <see cref="Needs"/> loaded.</param>
    /// <param name="accounts">All accounts of the profile, 1–20, each once, the account among them. The first names the profile.</param>
    /// <param name="now">Now, Unix seconds.</param>
    /// <exception cref="PageNotLoadedException">A page is not loaded.</exception>
    public static AccountState Link(AccountState state, ImmutableArray<AccountId> accounts, long now)
    {
        if (accounts.Length is < 1 or > ProfileLink.MaxAccounts || !accounts.Contains(state.Account))
            throw new ArgumentOutOfRangeException(nameof(accounts), accounts.Length, "Not the accounts of a profile.");
        var link = new ProfileLink(accounts, now, state.Account, state.Keys);
        var inner = new List<InnerTie>();
        foreach (var fellow in accounts.Where(a => a != state.Account).Order())
            if (state.Ties.TryFind(Tie.KeyOf(state.Keys.KeyOf(fellow)), out var tie) && !tie.IsDormant)
                inner.Add(new InnerTie(tie, state));
        var past = state.History.Days.Select(d =>
            DayTotals.Of(d.Day, inner.Aggregate(default(ScoreInputs), (sum, tie) => sum + tie.InputsAt(d.End)))
        );
        return state with
        {
            Link = link.With(
                [.. accounts.Order().SelectMany(a => inner.Where(i => i.Is(a)).Select(i => i.ToPerson(a)))],
                new History([.. past])
            ),
        };
    }

    /// <summary>The account by itself again, to the byte as it would be had it never been linked.</summary>
    public static AccountState Unlink(AccountState state) => state.Link is null ? state : state with { Link = null };

    // A tie from another account of the profile, and how it stood on past days.
    private sealed class InnerTie(Tie tie, AccountState state)
    {
        private const double Rounding = 1e-9;
        private readonly ScoringPolicy policy = state.Policy;
        private readonly List<LedgerEntry> entries = state.Ledger.Of(tie.Actor);

        public bool Is(AccountId account) => state.Keys.KeyOf(account) == tie.Actor;

        public Person ToPerson(AccountId account) => new(account, tie.Points, tie.Last, tie.Vote);

        // By the vote it has now: which one it had then is not kept.
        public ScoreInputs InputsAt(long moment)
        {
            var points = new FadingPoints(policy, 0, 0);
            var (older, from) = Older();
            if (older > 0 && from < moment)
                points.Add(older, from);
            foreach (var entry in entries.Where(e => e.At < moment))
                points.Add(policy.PointsOf(entry.Type), entry.At);
            if (points.Points <= 0)
                return default;
            var recency = policy.Fade(moment - points.Last);
            var engagement = recency * policy.Strength(points.Points);
            return new ScoreInputs(recency, engagement, engagement * tie.Vote, 0);
        }

        // What the tie holds from before the ledger, dated at the first moment that the ledger knows.
        private (double Points, long At) Older()
        {
            var held = new FadingPoints(policy, 0, tie.Last);
            var first = tie.Last;
            foreach (var entry in entries)
            {
                held.Add(policy.PointsOf(entry.Type), entry.At);
                first = Math.Min(first, entry.At);
            }

            var older = tie.Points - held.Points;
            return older > tie.Points * Rounding ? (older / policy.Fade(tie.Last - first), first) : (0, 0);
        }
    }
}
