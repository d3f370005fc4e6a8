namespace Influence.Replay.Client;

/// <summary>How a publication stands.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Status"><c>running</c>, <c>published</c> or <c>failed</c>.</param>
/// <param name="StatusUrl">Where to ask again.</param>
/// <param name="Boards">How many boards it published.</param>
/// <param name="Accounts">How many accounts they rank.</param>
internal sealed record PublicationAnswer(string? Id, string? Status, string? StatusUrl, int? Boards, int? Accounts)
{
    /// <summary>
    /// Whether its boards can be read. The API says <c>published</c>; <c>succeeded</c> is the usual word of status monitors.
    /// </summary>
    public bool IsDone => Is("published") || Is("succeeded");

    /// <summary>Whether it was given up.</summary>
    public bool IsFailed => Is("failed");

    private bool Is(string status) => string.Equals(Status, status, StringComparison.OrdinalIgnoreCase);
}
