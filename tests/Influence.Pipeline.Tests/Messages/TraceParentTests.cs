using System.Text.Json;

namespace Influence.Pipeline.Tests.Messages;

/// <summary>The trace context in messages: a field that a reader may leave out, of the same version.</summary>
public sealed class TraceParentTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static readonly FactOrigin Origin = new(1_790_000_000, "api");

    private static readonly Interaction Share = new()
    {
        Type = InteractionType.Share,
        Actor = AccountId.Parse("net:a"),
        Target = AccountId.Parse("net:b"),
        At = Origin.ReceivedAt,
    };

    [Fact]
    public void Facts_carry_it_beside_what_they_were_and_keep_their_version()
    {
        var text = Assert.Single(FactsCodec.Write([Share], Origin, "m1", Parent));
        var bare = Assert.Single(FactsCodec.Write([Share], Origin, "m1"));
        var fields = JsonElement.Parse(text).EnumerateObject().ToDictionary(p => p.Name, p => $"{p.Value}");
        Assert.True(fields.Remove("traceparent", out var parent));
        Assert.Equal((Parent, "2"), (parent, fields["v"]));
        Assert.Equal(JsonElement.Parse(bare).EnumerateObject().ToDictionary(p => p.Name, p => $"{p.Value}"), fields);
        Assert.Equal((Parent, null), (FactsCodec.Read(text).Message.TraceParent, FactsCodec.Read(bare).Message.TraceParent));
    }

    [Fact]
    public void A_workflows_message_carries_it_and_is_read_without_it()
    {
        var text = WorkflowMessage.Of("run", "Gather", 1, 2, Parent).Write();
        Assert.Equal(Parent, JsonElement.Parse(text).GetProperty("traceparent").GetString());
        Assert.Equal(WorkflowMessage.Of("run", "Gather", 1, 2, Parent), WorkflowMessage.Read(text));
        // As the version before wrote it.
        const string Before = """{"v":3,"id":"run","step":"Gather","round":1,"range":2}""";
        Assert.Equal(Before, WorkflowMessage.Of("run", "Gather", 1, 2).Write());
        Assert.Equal(WorkflowMessage.Of("run", "Gather", 1, 2), WorkflowMessage.Read(Before));
    }

    // As the version before read it: what it does not know is left out.
    [Fact]
    public void A_reader_that_does_not_know_it_leaves_it_out()
    {
        var text = Assert.Single(FactsCodec.Write([Share], Origin, "m1", Parent));
        var read = JsonSerializer.Deserialize<Before>(text, JsonSerializerOptions.Web)!;
        Assert.Equal(new Before(2, "m1", Origin.ReceivedAt, "api", false, FactsCodec.Read(text).Message.Facts), read);
    }

    private sealed record Before(int V, string Id, long ReceivedAt, string? Source, bool Import, string Facts);
}
