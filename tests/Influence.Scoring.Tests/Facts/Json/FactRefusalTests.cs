using System.Text.Json;

namespace Influence.Scoring.Tests.Facts.Json;

/// <summary>Every way an item is refused: the code, the field, the sentence, and the item's id.</summary>
public sealed class FactRefusalTests
{
    private const long Now = 1_795_176_000;
    private const string Like = "\"type\":\"like\",\"actor\":\"net:a\",\"target\":\"net:t\",\"at\":1795176000,\"id\":\"i\"";
    private const string Likes = "\"account\":\"net:t\",\"metric\":\"likes\",\"add\":1,\"at\":1795176000,\"id\":\"i\"";
    private const string Types = "is none of view, click, like, follow, reply, mention, share, quote, post";
    private const string Metrics = "is none of followers, views, clicks, likes, follows, replies, mentions, shares, quotes";
    private const string Moment = "is neither a time like 2026-01-31T12:00:00Z nor whole seconds since 1970";
    private const string UndoRule = "is neither true nor the id of what is taken back";

    private const string Account =
        "is not an account. An account is 'network:id': a network of 1-32 characters from a-z, 0-9 and '-', a colon, "
        + "then an id of 1-256 characters without white space, control or invisible characters";

    private const string NoPerson = "is no person (a bot, or one account that stands for many): leave the fact out";
    private const string Invisible = "holds invisible characters (zero-width, direction), private or unassigned ones";
    private const string NameInstead = ". Send the name as people see it, or leave the field out";
    private const string TooOld = "is more than 90 days ago. Interactions up to 400 days old can be imported";
    private const string Milliseconds = "looks like milliseconds. Send whole seconds since 1970";
    private const string Broken = "holds broken Unicode";
    private const string Control = "holds control characters or broken Unicode";

    [Theory]
    [InlineData("type", "null", "missing_field", "is required")]
    [InlineData("type", "\"praise\"", "unknown_type", Types)]
    [InlineData("type", "\"Like\"", "unknown_type", Types)]
    [InlineData("type", "\"\"", "unknown_type", Types)]
    [InlineData("type", "7", "invalid_field", "is not a string")]
    [InlineData("type", "\"\\ud800\"", "invalid_field", Broken)]
    [InlineData("actor", "null", "missing_field", "is required")]
    [InlineData("actor", "\"\"", "invalid_account", Account)]
    [InlineData("actor", "\"a\"", "invalid_account", Account)]
    [InlineData("actor", "\"n e:a\"", "invalid_account", Account)]
    [InlineData("actor", "\"https://github.com/ann\"", "invalid_account", "is not an account. It is an address. Send 'github:ann' instead")]
    [InlineData("actor", "\"github:ghost\"", "not_a_person", NoPerson)]
    [InlineData("topics", "[\"mu\\u200bsic\"]", "invalid_field", Invisible)]
    [InlineData("community", "\"\\u202Enorth\"", "invalid_field", Invisible)]
    [InlineData("actor", "\"net:\"", "invalid_account", Account)]
    [InlineData("actor", "\"net:a\\u0000b\"", "invalid_account", Account)]
    [InlineData("actor", "\"net:\\ud800\"", "invalid_field", Broken)]
    [InlineData("actor", "{}", "invalid_field", "is not a string")]
    [InlineData("target", "null", "missing_field", "is required")]
    [InlineData("target", "\"t\"", "invalid_account", Account)]
    [InlineData("target", "\"net:a\"", "self_interaction", "is the actor: engaging with oneself does not count")]
    [InlineData("target", "[]", "invalid_field", "is not a string")]
    [InlineData("id", "\"\"", "missing_field", "is empty")]
    [InlineData("id", "7", "invalid_field", "is not a string")]
    [InlineData("id", "\"a\\u0007b\"", "invalid_field", Control)]
    [InlineData("object", "\"\"", "missing_field", "is empty")]
    [InlineData("object", "\"a\\nb\"", "invalid_field", Control)]
    [InlineData("object", "[]", "invalid_field", "is not a string")]
    [InlineData("topics", "\"music\"", "invalid_field", "is not an array of strings")]
    [InlineData("topics", "[1]", "invalid_field", "is not an array of strings")]
    [InlineData("topics", "[null]", "invalid_field", "is not an array of strings")]
    [InlineData("topics", "[\"\\udc00\"]", "invalid_field", Broken)]
    [InlineData("topics", "[\"\"]", "missing_field", "is empty")]
    [InlineData("topics", "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"]", "too_long", "holds more than 5 topics")]
    [InlineData("community", "1", "invalid_field", "is not a string")]
    [InlineData("actorName", "7", "invalid_field", "is not a string")]
    [InlineData("actorName", "\"\\ud800\"", "invalid_field", Broken)]
    [InlineData("actorName", "\"\"", "missing_field", "is empty" + NameInstead)]
    [InlineData("actorName", "\" \"", "missing_field", "is empty" + NameInstead)]
    [InlineData("actorName", "\"Mi\\u200bra\"", "invalid_field", Invisible + NameInstead)]
    [InlineData("actorName", "\"\\u202Earim\"", "invalid_field", Invisible + NameInstead)]
    [InlineData("actorName", "\"Mi\\u2028ra\"", "invalid_field", Invisible + NameInstead)]
    [InlineData("targetName", "\"Mi\\nra\"", "invalid_field", Control + NameInstead)]
    [InlineData("targetName", "\"\\u200d\"", "invalid_field", "holds nothing that can be seen" + NameInstead)]
    [InlineData("undo", "1", "invalid_field", UndoRule)]
    [InlineData("undo", "{}", "invalid_field", UndoRule)]
    [InlineData("undo", "\"\"", "invalid_field", UndoRule)]
    [InlineData("undo", "\"a\\nb\"", "invalid_field", Control)]
    [InlineData("undo", "\"\\ud800\"", "invalid_field", Broken)]
    public void An_interaction(string field, string value, string code, string rule) =>
        Refused(FactKind.Interactions, With(Like, field, value), code, field, rule);

    [Theory]
    [InlineData("null", "missing_field", "is required")]
    [InlineData("\"yesterday\"", "invalid_field", Moment)]
    [InlineData("\"10:30\"", "invalid_field", Moment)]
    [InlineData("\"May 5\"", "invalid_field", Moment)]
    [InlineData("\"1795176000\"", "invalid_field", Moment)]
    [InlineData("1795176000000", "milliseconds", Milliseconds)]
    [InlineData("1.5", "invalid_field", Moment)]
    [InlineData("-1", "invalid_field", Moment)]
    [InlineData("1e30", "invalid_field", Moment)]
    [InlineData("true", "invalid_field", Moment)]
    [InlineData("\"\\ud800\"", "invalid_field", Moment)]
    [InlineData("\"0001-01-01T00:00:00+14:00\"", "invalid_field", Moment)]
    [InlineData("1787399999", "too_old", TooOld)]
    [InlineData("\"0001-01-01T00:00:00Z\"", "too_old", TooOld)]
    [InlineData("1795176301", "in_future", "is more than 5 minutes ahead")]
    [InlineData("\"9999-12-31T23:59:59Z\"", "in_future", "is more than 5 minutes ahead")]
    public void A_moment(string value, string code, string rule)
    {
        Refused(FactKind.Interactions, With(Like, "at", value), code, "at", rule);
        Refused(FactKind.Metrics, With(Likes, "at", value), code, "at", rule);
    }

    [Theory]
    [InlineData("account", "null", "missing_field", "is required")]
    [InlineData("account", "\"t\"", "invalid_account", Account)]
    [InlineData("account", "7", "invalid_field", "is not a string")]
    [InlineData("metric", "null", "missing_field", "is required")]
    [InlineData("metric", "\"smiles\"", "unknown_type", Metrics)]
    [InlineData("metric", "1", "invalid_field", "is not a string")]
    [InlineData("add", "null", "missing_field", "is required")]
    [InlineData("add", "-0.5", "negative", "is negative")]
    [InlineData("add", "\"NaN\"", "not_finite", "is not a finite number")]
    [InlineData("add", "\"Infinity\"", "not_finite", "is not a finite number")]
    [InlineData("add", "\"-Infinity\"", "not_finite", "is not a finite number")]
    [InlineData("add", "1e999", "not_finite", "is not a finite number")]
    [InlineData("add", "1e13", "too_large", "is over 10,000,000. Send it in parts, each with an id of its own")]
    [InlineData("add", "\"5\"", "invalid_field", "is not a number")]
    [InlineData("add", "\"\\ud800\"", "invalid_field", "is not a number")]
    [InlineData("value", "5", "invalid_field", "is for gauges; a counter is reported as 'add'")]
    [InlineData("id", "null", "missing_field", "is required")]
    [InlineData("id", "\"\"", "missing_field", "is empty")]
    public void A_counter(string field, string value, string code, string rule) =>
        Refused(FactKind.Metrics, With(Likes, field, value), code, field, rule);

    [Fact]
    public void A_gauge()
    {
        var gauge = With(Likes, "metric", "\"followers\"")[1..^1];
        Refused(FactKind.Metrics, $"{{{gauge}}}", "invalid_field", "add", "is for counters; a gauge is reported as 'value'");
        Refused(FactKind.Metrics, With(gauge, "add", "null"), "missing_field", "value", "is required");
    }

    [Theory]
    [InlineData("id", 256)]
    [InlineData("object", 1024)]
    [InlineData("community", 128)]
    [InlineData("undo", 256)]
    public void A_text_over_its_limit(string field, int limit)
    {
        string Item(int length) => With(Like, field, $"\"{new string('é', length)}\"");
        Assert.Null(Refuse(Item(limit), FactKind.Interactions).Refusal);
        Refused(FactKind.Interactions, Item(limit + 1), "too_long", field, $"is over {limit} characters");
    }

    [Theory]
    [InlineData("actorName")]
    [InlineData("targetName")]
    public void A_name_over_its_limit(string field)
    {
        string Item(int length) => With(Like, field, $"\"{new string('é', length)}\"");
        Assert.Null(Refuse(Item(100), FactKind.Interactions).Refusal);
        Refused(FactKind.Interactions, Item(101), "too_long", field, "is over 100 characters" + NameInstead);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("[]")]
    public void What_is_no_object(string item)
    {
        Refused(FactKind.Interactions, item, "invalid_field", "item", "is not a JSON object");
        Refused(FactKind.Metrics, item, "invalid_field", "item", "is not a JSON object");
    }

    [Theory]
    [InlineData("type", "\"like\"")]
    [InlineData("actor", "\"net:b\"")]
    [InlineData("at", "1795176000")]
    [InlineData("id", "\"j\"")]
    public void A_field_that_stands_there_twice(string field, string value) =>
        Refused(FactKind.Interactions, $"{{{Like},\"{field}\":{value}}}", "invalid_field", field, "stands there twice");

    // The escape spells "type": a name is compared as it reads, not as it is written.
    [Fact]
    public void A_field_that_stands_there_twice_in_another_spelling() =>
        Refused(FactKind.Interactions, $"{{{Like},\"\\u0074ype\":null}}", "invalid_field", "type", "stands there twice");

    [Fact]
    public void A_name_that_is_broken_Unicode() =>
        Refused(
            FactKind.Interactions,
            $"{{{Like},\"\\ud800\":1}}",
            "invalid_field",
            "item",
            "has a field whose name is broken Unicode",
            hasId: false
        );

    [Fact]
    public void The_first_of_several_wrong_fields_is_named_and_the_id_is_known() =>
        Refused(FactKind.Interactions, """{"id":"i","type":"poke","actor":7,"at":"soon"}""", "unknown_type", "type", Types);

    [Theory]
    [InlineData("""{"metrics":[]}""", "missing_field", "is required: the array of items, or a bare array instead")]
    [InlineData("""{"interactions":{}}""", "invalid_field", "is not an array")]
    [InlineData("""{"interactions":null}""", "invalid_field", "is not an array")]
    [InlineData("7", "invalid_field", "is not an array")]
    [InlineData("""{"interactions":[],"interactions":[]}""", "invalid_field", "stands there twice")]
    public void A_batch(string body, string code, string rule) =>
        Same(FactReader.RefuseBatch(JsonElement.Parse(body), FactKind.Interactions, out _), code, "interactions", rule);

    [Fact]
    public void A_batch_with_a_name_that_is_broken_Unicode() =>
        Same(
            FactReader.RefuseBatch(JsonElement.Parse("""{"interactions":[],"\ud800":1}"""), FactKind.Interactions, out _),
            "invalid_field",
            "body",
            "has a field whose name is broken Unicode"
        );

    private static void Refused(FactKind kind, string item, string code, string field, string rule, bool hasId = true)
    {
        var (id, refusal) = Refuse(item, kind);
        Same(refusal, code, field, rule);
        if (hasId && item[0] == '{' && field is not ("id" or "undo"))
            Assert.Equal("i", id);
    }

    private static void Same(FactRefusal? refusal, string code, string field, string rule)
    {
        Assert.NotNull(refusal);
        Assert.Equal((code, field, $"'{field}' {rule}."), (refusal.CodeName, refusal.Field, refusal.Message));
    }

    private static (string? Id, FactRefusal? Refusal) Refuse(string item, FactKind kind)
    {
        var (id, fact, refusal) = FactReader.Read(JsonElement.Parse(item), kind);
        Assert.NotEqual(fact is null, refusal is null);
        return (id, refusal ?? FactRules.Refuse(fact!, ScoringPolicy.Current, Now));
    }

    // The field in place of the good one, if there is one.
    private static string With(string good, string field, string value) =>
        $"{{{string.Join(
            ',',
            good.Split(',').Where(f => !f.StartsWith($"\"{field}\":", StringComparison.Ordinal)).Append($"\"{field}\":{value}")
        )}}}";
}
