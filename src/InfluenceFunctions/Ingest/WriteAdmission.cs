using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace InfluenceFunctions.Ingest;

/// <summary>Decides by the key and the load, before a body is read, whether a write is taken now.</summary>
public sealed class WriteAdmission(WriteLimits limits, ItemBudgets budgets, Writers writers, IOptions<InfluenceOptions> options)
{
    /// <summary>A write that was let in, or the answer that says why it was not. Dispose of it once the write is done.</summary>
    internal readonly record struct Admitted(Writer Writer, Reply? Refusal, WriteSlot Slot) : IDisposable
    {
        public void Dispose() => Slot.Dispose();
    }

    /// <summary>Of a write that shows a key.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isOperators">Whether the host has seen the operator's key: it needs no name and has no budget.</param>
    internal Admitted Enter(HttpRequest request, bool isOperators = false)
    {
        var writer = RequestKey.WriterOf(request, writers);
        if (!isOperators && RefuseName(writer) is { } unnamed)
            return new Admitted(writer, unnamed, default);
        var slot = limits.Enter(isOperators ? null : writer);
        if (slot.Refusal is not { } throttle)
            return new Admitted(writer, null, slot);
        var refusal = Reply.TooMany(throttle);
        return new Admitted(writer, isOperators ? refusal : refusal.With(budgets.Of(writer)), slot);
    }

    /// <summary>The answer to a key that may not write because it has no name; null for one that may.</summary>
    internal Reply? RefuseName(HttpRequest request) => RefuseName(RequestKey.WriterOf(request, writers));

    /// <summary>Of a signed delivery.</summary>
    internal Admitted EnterDelivery()
    {
        var slot = limits.EnterDelivery();
        return new Admitted(Writer.Unnamed, slot.Refusal is { } throttle ? Reply.TooMany(throttle) : null, slot);
    }

    private Reply? RefuseName(Writer writer) => writer.Name is null && options.Value.RequireNamedWriters ? Unnamed() : null;

    private static Reply Unnamed() =>
        Reply.Problem(
            StatusCodes.Status403Forbidden,
            "unnamed_key",
            "Only keys with a name may write here, and this one has none. An operator gives it one: the setting Writers__{name}__KeyHash."
        );
}
