using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace InfluenceFunctions.Operations;

/// <summary>Answers of the calls that change a dead letter.</summary>
internal static class DeadLetterAnswer
{
    /// <summary>404 for no such letter.</summary>
    public static Reply Unknown() =>
        Reply.Problem(
            StatusCodes.Status404NotFound,
            "unknown_dead_letter",
            "There is no dead letter of this id: it was retried or discarded, or never was."
        );

    /// <summary>The answer to an outcome.</summary>
    /// <param name="outcome">How it fared.</param>
    /// <param name="done">The status when it is done.</param>
    public static IActionResult Of(DeadLetterOutcome outcome, int done) =>
        outcome switch
        {
            DeadLetterOutcome.Done => new StatusCodeResult(done),
            DeadLetterOutcome.Unknown => Unknown(),
            DeadLetterOutcome.NotRetryable => Reply.Problem(
                StatusCodes.Status409Conflict,
                "not_retryable",
                "What this message was part of has failed as a whole. Ask for it anew: a publication with "
                    + "POST /api/v1/leaderboards/publications, an erasure with DELETE /api/v1/accounts/{id}. Then discard this."
            ),
            DeadLetterOutcome.Contended => Reply.Problem(
                StatusCodes.Status409Conflict,
                "dead_letter_changed",
                "Somebody else changes this dead letter at this moment: look at it again."
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Not an outcome."),
        };
}
