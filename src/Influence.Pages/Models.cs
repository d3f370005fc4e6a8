namespace Influence.Pages;

/// <summary>The first page: what this is, who leads, which boards there are, and a search.</summary>
/// <param name="Boards">All boards, or those whose name holds <paramref name="Query"/>.</param>
/// <param name="Leaders">The first five of the global board; null before the first publication.</param>
/// <param name="Query">What was searched for, as typed; null or empty for nothing.</param>
/// <param name="Found">Places that the search found; null for no such search.</param>
public sealed record HomeModel(IReadOnlyList<BoardDays> Boards, BoardPage? Leaders, string? Query, IReadOnlyList<BoardRow>? Found);

/// <summary>A page of a board.</summary>
/// <param name="Page">The places.</param>
/// <param name="First">The position of the first of them, from 1.</param>
/// <param name="PreviousPage">Path and query of the page before, below the base path; null for none.</param>
/// <param name="NextPage">Path and query of the page after; null for none.</param>
/// <param name="IsLatest">Whether it is the board's latest day.</param>
/// <param name="Earlier">The published day before this one; null for none.</param>
/// <param name="Later">The published day after this one; null for none.</param>
/// <param name="Around">Where the account stands that was searched for; null for no search or no result.</param>
/// <param name="AroundQuery">What was searched for, as typed.</param>
/// <param name="AroundProblem"><c>not_ranked</c>, <c>beyond_top</c> or <c>invalid_account</c>; null for none.</param>
public sealed record BoardModel(
    BoardPage Page,
    int First,
    string? PreviousPage,
    string? NextPage,
    bool IsLatest,
    DateOnly? Earlier,
    DateOnly? Later,
    BoardAround? Around,
    string? AroundQuery,
    string? AroundProblem
);

/// <summary>A profile's page.</summary>
/// <param name="Card">The score.</param>
/// <param name="Explanation">Why it is what it is; null for an account that only engages others.</param>
/// <param name="History">The last 90 days; null for such an account.</param>
/// <param name="Since">The day that the change is told since.</param>
/// <param name="MaxDays">How many days before today it may lie back.</param>
public sealed record ProfileModel(ScoreCard Card, Explanation? Explanation, ScoreHistory? History, DateOnly Since, int MaxDays);

/// <summary>The page that explains the formula.</summary>
/// <param name="Policy">The numbers in force.</param>
/// <param name="Calculator">What was put into the calculator, with its results.</param>
public sealed record HowModel(PolicyReport Policy, CalculatorModel Calculator);

/// <summary>A page for what went wrong, that says what to do about it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The stable reason in snake case: <c>unknown_profile</c>, <c>unknown_leaderboard</c>, …</param>
/// <param name="Subject">What was asked for: an id or a board's name; null for nothing to name.</param>
/// <param name="Days">The days that the board was published for; null or empty where there is no such board.</param>
public sealed record ProblemModel(int Status, string Code, string? Subject, IReadOnlyList<DateOnly>? Days);
