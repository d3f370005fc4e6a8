using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Influence.Scoring.Tests.Facts.Json;

/// <summary>Items that are facts, and that what is written is what is read.</summary>
public sealed class FactReaderTests
{
    private static readonly Interaction Whole = new()
    {
        Type = InteractionType.Share,
        Actor = AccountId.Parse("xx:a"),
        Target = AccountId.Parse("xx:日本\"\\"),
        At = 1_795_161_247,
        Id = "s/1",
        Object = "post/1",
        Context = FactContext.Of(["b", "a", "b"], "c"),
    };

    [Fact]
    public void An_interaction_has_these_fields() =>
        Assert.Equal(
            Whole,
            Read(
                """
                {"more":{"type":[]},"community":"c","topics":["b","a"],"object":"post/1","id":"s/1","at":"2026-11-20T07:54:07Z",
                "target":"xx:日本\"\\","actor":"xx:a","ty\u0070e":"share","undo":false,"value":null}
                """
            )
        );

    [Fact]
    public void Null_is_absent() =>
        Assert.Equal(
            Whole with
            {
                Id = null,
                Object = null,
                Context = FactContext.None,
            },
            Read(
                """
                {"type":"share","actor":"xx:a","target":"xx:日本\"\\","at":1795161247,"id":null,"object":null,"topics":null,
                "community":null,"undo":null}
                """
            )
        );

    [Fact]
    public void A_post_has_no_target() =>
        Assert.Null(Assert.IsType<Interaction>(Read("""{"type":"post","actor":"xx:a","target":"xx:b","at":1}""")).Target);

    [Theory]
    [InlineData("""{"type":"like","actor":"xx:a","target":"xx:b","at":5,"id":"7","undo":true}""", InteractionType.Like, "7")]
    [InlineData("""{"type":"like","actor":"xx:a","target":"xx:b","at":5,"undo":true}""", InteractionType.Like, null)]
    [InlineData("""{"actor":"xx:a","target":"xx:b","at":5,"undo":"7"}""", InteractionType.View, "7")]
    [InlineData("""{"actor":"xx:a","target":"xx:b","at":5,"id":"8","undo":"7"}""", InteractionType.View, "7")]
    [InlineData("""{"actor":"xx:a","target":"xx:b","at":5,"id":"7","undo":true}""", InteractionType.View, "7")]
    public void An_undo_names_what_it_takes_back_in_its_own_words_or_by_id(string item, InteractionType type, string? id)
    {
        var undo = Assert.IsType<Undo>(Read(item));
        Assert.Equal((type, id, 5L), (undo.Original.Type, undo.Original.Id, undo.At));
    }

    [Fact]
    public void An_undo_that_names_nothing_needs_its_type() =>
        Assert.Equal(
            "'type' is required.",
            FactReader.Read(JsonElement.Parse("""{"actor":"xx:a","target":"xx:b","at":5,"undo":true}""")).Refusal?.Message
        );

    [Theory]
    [InlineData("""{"metric":"followers","account":"xx:a","value":1.5,"at":5}""", null, 1.5, null)]
    [InlineData("""{"metric":"quotes","account":"xx:a","add":2,"at":5,"id":"7"}""", InteractionType.Quote, 2, "7")]
    public void A_metric_is_told_by_its_name(string item, InteractionType? counts, double value, string? id) =>
        Assert.Equal(
            new MetricReport
            {
                Account = AccountId.Parse("xx:a"),
                Counts = counts,
                Value = value,
                At = 5,
                Id = id,
            },
            Read(item)
        );

    [Theory]
    [InlineData("""{"type":"like","actor":"xx:a","target":"xx:b"}""", "e", 9)]
    [InlineData("""{"type":"like","actor":"xx:a","target":"xx:b","id":"7","at":5}""", "7", 5)]
    [InlineData("""{"actor":"xx:a","target":"xx:b","undo":"7"}""", "7", 9)]
    public void An_envelope_says_what_the_item_does_not(string item, string id, long at)
    {
        var read = FactReader.Read(JsonElement.Parse(item), FactKind.Interactions, new FactDefaults("e", 9));
        Assert.Equal((id, at), (read.Id, read.Fact?.At));
    }

    [Theory]
    [InlineData("""{"type":"share","actor":"xx:a","target":"xx:b","id":"7","object":"o","community":"é","topics":["a"],"at":5}""")]
    [InlineData("""{"type":"like","actor":"xx:a","target":"xx:b","undo":true,"at":5}""")]
    [InlineData("""{"type":"like","actor":"xx:a","target":"xx:b","actorName":"Mira \uD83D\uDE80","targetName":"عمر می‌رود","at":5}""")]
    [InlineData("""{"type":"post","actor":"xx:a","actorName":"Mira","at":5}""")]
    [InlineData("""{"type":"post","actor":"xx:a","at":5}""")]
    [InlineData("""{"account":"xx:a","metric":"followers","value":1.5,"at":5}""")]
    [InlineData("""{"account":"xx:a","metric":"shares","add":2,"id":"7","at":5}""")]
    public void What_is_written_is_what_is_read_with_the_moment_last(string item)
    {
        var to = new ArrayBufferWriter<byte>();
        FactWriter.WriteArray(to, [Read(item), Read(item)]);
        Assert.Equal($"[{item},{item}]", Encoding.UTF8.GetString(to.WrittenSpan));
    }

    [Fact]
    public void Names_are_brought_to_one_form_and_an_undo_carries_none()
    {
        const string Named = """{"type":"like","actor":"xx:a","target":"xx:b","actorName":" Jose\u0301 ","targetName":"B","at":5""";
        var like = Assert.IsType<Interaction>(Read(Named + "}"));
        Assert.Equal(("José", "B"), (like.ActorName, like.TargetName));
        var undo = Assert.IsType<Undo>(Read(Named + ""","undo":true}"""));
        Assert.Equal((null, null), (undo.Original.ActorName, undo.Original.TargetName));
        Assert.Equal(like with { ActorName = null, TargetName = null }, undo.Original);
        Assert.Equal(undo, new Undo(like));
    }

    [Theory]
    [InlineData("actor_name", "actorName")]
    [InlineData("ActorName", "actorName")]
    [InlineData("actorname", "actorName")]
    [InlineData("target-name", "targetName")]
    [InlineData("targtName", "targetName")]
    [InlineData("author_name", "actorName")]
    [InlineData("actr", "actor")]
    public void A_misspelt_field_means_the_nearest(string name, string meant) => Assert.Equal(meant, FieldNames.Meant(name));

    [Fact]
    public void An_unchecked_interaction_is_written_as_it_is_told()
    {
        var to = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(to, FactWriter.Options))
            FactWriter.Write(json, new InteractionFields("poke", "nobody", "", 5) { Undo = "7", Topics = ["", "a"] });
        Assert.Equal("""{"type":"poke","actor":"nobody","topics":["","a"],"undo":"7","at":5}""", Encoding.UTF8.GetString(to.WrittenSpan));
    }

    [Fact]
    public void Every_type_has_the_name_that_refusals_list() =>
        Assert.All(
            InteractionTypes.All.Split(", "),
            name => Assert.True(InteractionTypes.TryParse(name, out var type) && InteractionTypes.NameOf(type) == name)
        );

    private static Fact Read(string item)
    {
        var (_, fact, refusal) = FactReader.Read(JsonElement.Parse(item));
        Assert.Null(refusal);
        return fact!;
    }
}
