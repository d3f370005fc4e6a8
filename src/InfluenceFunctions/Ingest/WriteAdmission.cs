using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace InfluenceFunctions.Ingest;

/// <summary>Decides by the key and the load, before a body is read, whether a write is taken now.</summary>
public sealed class WriteAdmission(
    WriteLimits limits,
    ItemBudgets budgets,
    Writers writers,
    IOptions<InfluenceOptions> options,
    TimeProvider clock
)
{
    /// <summary>A write that was let in, or the answer that says why it was not. Dispose of it once the write is done.</summary>
    internal sealed class Admitted(Writer writer, Reply? refusal, WriteSlot slot, TimeProvider clock) : IDisposable
    {
        // More than sending alone may take: tables that hang must not hold a caller for as long as the client of storage tries.
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

        private bool isHeld;

        public Writer Writer => writer;

        public Reply? Refusal => refusal;

        /// <summary>The outcome of the work, in time; the place is held until the work has really ended.</summary>
        /// <param name="work">The work.</param>
        /// <param name="late">The outcome where it takes too long: not confirmed.</param>
        /// <param name="cancellationToken">Gives up waiting.</param>
        public async Task<T> InTimeAsync<T>(Task<T> work, T late, CancellationToken cancellationToken)
        {
            isHeld = true;
            // Before the answer, so that who has one finds the place free.
            _ = work.ContinueWith(
                _ => slot.Dispose(),
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
            try
            {
                return await work.WaitAsync(Patience, clock, cancellationToken);
            }
            catch (TimeoutException) when (!work.IsCompleted)
            {
                return late;
            }
        }

        public void Dispose()
        {
            if (!isHeld)
                slot.Dispose();
        }
    }

    /// <summary>Of a write that shows a key.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isOperators">Whether the host has seen the operator's key: it needs no name and has no budget.</param>
    internal Admitted Enter(HttpRequest request, bool isOperators = false)
    {
        var writer = RequestKey.WriterOf(request, writers);
        if (!isOperators && RefuseName(writer) is { } unnamed)
            return new Admitted(writer, unnamed, default, clock);
        var slot = limits.Enter(isOperators ? null : writer);
        if (slot.Refusal is not { } throttle)
            return new Admitted(writer, null, slot, clock);
        var refusal = Reply.TooMany(throttle);
        return new Admitted(writer, isOperators ? refusal : refusal.With(budgets.Of(writer)), slot, clock);
    }

    /// <summary>The answer to a key that may not write because it has no name; null for one that may.</summary>
    internal Reply? RefuseName(HttpRequest request) => RefuseName(RequestKey.WriterOf(request, writers));

    /// <summary>Of a signed delivery.</summary>
    internal Admitted EnterDelivery()
    {
        var slot = limits.EnterDelivery();
        return new Admitted(Writer.Unnamed, slot.Refusal is { } throttle ? Reply.TooMany(throttle) : null, slot, clock);
    }

    private Reply? RefuseName(Writer writer) => writer.Name is null && options.Value.RequireNamedWriters ? Unnamed() : null;

    private static Reply Unnamed() =>
        Reply.Problem(
            StatusCodes.Status403Forbidden,
            "unnamed_key",
            "Only keys with a name may write here, and this one has none. An operator gives it one: the setting Writers__{name}__KeyHash."
        );
}
