using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Influence.LocalHost.Tests.Invocation;

public sealed class TraceContextTests
{
    private const string Caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    [Fact]
    public void A_requests_run_continues_the_callers_trace_as_it_came()
    {
        var trace = TraceContext.Of(Request(Caller, "vendor=1"));
        Assert.Equal((Caller, "vendor=1"), (trace.TraceParent, trace.TraceState));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-zz")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-01")]
    public void Where_there_is_none_to_read_a_sampled_one_begins(string? parent)
    {
        var traces = new[] { TraceContext.Of(Request(parent, "vendor=1")), TraceContext.New() };
        Assert.All(
            traces,
            t =>
            {
                Assert.True(ActivityContext.TryParse(t.TraceParent, t.TraceState, out var context));
                Assert.Equal((ActivityTraceFlags.Recorded, ""), (context.TraceFlags, t.TraceState));
            }
        );
        Assert.Distinct(traces.Select(t => t.TraceParent));
    }

    [Fact]
    public void A_run_that_no_request_began_begins_a_trace_of_its_own()
    {
        var inputs = Enumerable.Range(0, 2).Select(_ => new FunctionInput(new TypedData(), BindingData.None)).ToList();
        Assert.All(inputs, i => Assert.True(ActivityContext.TryParse(i.Trace.TraceParent, null, out _)));
        Assert.Distinct(inputs.Select(i => i.Trace.TraceParent));
    }

    private static HttpRequest Request(string? parent, string state)
    {
        var request = new DefaultHttpContext().Request;
        if (parent is not null)
            request.Headers.TraceParent = parent;
        request.Headers.TraceState = state;
        return request;
    }
}
