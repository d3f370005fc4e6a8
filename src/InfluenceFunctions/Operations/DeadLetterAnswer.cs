using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace InfluenceFunctions.Operations;

/// <summary>What the calls about one dead letter have in common.</summary>
internal static class DeadLetterAnswer
{
    /// <summary>Notes a call, makes a change and answers.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The letter.</param>
    /// <param name="calls">Where it is noted.</param>
    /// <param name="call">The function.</param>
    /// <param name="change">The change.</param>
    /// <param name="done">The status when it is done.</param>
    public static async Task<IActionResult> ChangeAsync(
        HttpRequest request,
        string id,
        OperatorCalls calls,
        string call,
        Func<string, CancellationToken, Task<DeadLetterOutcome>> change,
        int done
    )
    {
        var reason = OperatorCalls.ReasonOf(request, out var wrong);
        if (wrong is not null)
            return wrong;
        if (!DeadLetterBox.IsId(id))
            return Unknown();
        await calls.NoteAsync(request, call, why: reason, what: id);
        return Of(await change(id, request.HttpContext.RequestAborted), done);
    }

    /// <summary>404 for no such letter.</summary>
    public static Reply Unknown() =>
        Reply.Problem(
            StatusCodes.Status404NotFound,
            "unknown_dead_letter",
            "There is no dead letter of this id: it was retried or discarded, or never was."
        );

    private static IActionResult Of(DeadLetterOutcome outcome, int done) =>
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
