using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Influence.LocalHost.Invocation;

/// <summary>The trace that a run belongs to, as W3C Trace Context has it.</summary>
/// <remarks>
/// The Functions host sends the worker its own span of the run. This host has no spans: a request's run continues the caller's trace, and
/// any other run begins one. A new one is marked as sampled, or a worker that heeds its parent would drop it.
/// </remarks>
internal static class TraceContext
{
    /// <summary>That of a request's caller; a new one where it names none, or nothing that can be read.</summary>
    public static RpcTraceContext Of(HttpRequest request)
    {
        string parent = request.Headers.TraceParent.ToString();
        string state = request.Headers.TraceState.ToString();
        return ActivityContext.TryParse(parent, state, out _) ? new RpcTraceContext { TraceParent = parent, TraceState = state } : New();
    }

    /// <summary>The beginning of a trace.</summary>
    public static RpcTraceContext New() =>
        new() { TraceParent = $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01" };
}
