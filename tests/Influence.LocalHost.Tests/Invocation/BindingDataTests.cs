using System.Text;
using Azure.Storage.Queues.Models;
using Microsoft.AspNetCore.Http;

namespace Influence.LocalHost.Tests.Invocation;

public sealed class BindingDataTests
{
    private static readonly DateTimeOffset Moment = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_message_has_the_queues_own_metadata()
    {
        var data = BindingData.Of(Message(), "plain");
        Assert.Equal(["plain", "own id", "own receipt"], new[] { "QueueTrigger", "Id", "PopReceipt" }.Select(n => data[n].String));
        Assert.Equal(
            ["3", "\"2026-03-01T12:00:00+00:00\"", "null"],
            new[] { "DequeueCount", "InsertionTime", "NextVisibleTime" }.Select(n => data[n].Json)
        );
        Assert.Equal(7, data.Count);
    }

    [Theory]
    [InlineData("""{"id":"x"}""", "x", "")]
    [InlineData("""{"ID":"x"}""", "x", "")]
    [InlineData("""{"id":""}""", "", "")]
    [InlineData("""{"id":1.50}""", "1.50", "")]
    [InlineData("""{"id":1e400}""", "1e400", "")]
    [InlineData("""{"id":true}""", "True", "")]
    [InlineData("""{"id":{"a": [1]}}""", "", """{"a": [1]}""")]
    [InlineData("""{"id":"first","Id":"second"}""", "second", "")]
    [InlineData(""" {"id":"x",} // lenient""", "x", "")]
    [InlineData("""{"id":[1]}""", "own id", "")]
    [InlineData("""{"id":null}""", "own id", "")]
    [InlineData("""{"other":{"id":"x"},"list":[{"id":"x"}]}""", "own id", "")]
    [InlineData("""{"id":"x" """, "own id", "")]
    [InlineData("""{"id":"x","\ud800":1}""", "own id", "")]
    [InlineData("""["id"]""", "own id", "")]
    [InlineData("\"id\"", "own id", "")]
    [InlineData("", "own id", "")]
    public void Of_its_text_every_property_but_arrays_and_null_lies_over_it(string text, string idText, string idJson)
    {
        var id = BindingData.Of(Message(), text)["Id"];
        Assert.Equal((idText, idJson), (id.String, id.Json));
    }

    [Fact]
    public async Task Of_a_request_the_route_wins_over_the_query_and_this_over_the_body()
    {
        var request = Request("""{"a":"body","b":"body","c":"body"}""");
        request.QueryString = new QueryString("?a=query&B=query&many=1&many=2");
        request.RouteValues["A"] = "route";
        var data = await BindingData.OfAsync(request, CancellationToken.None);
        Assert.Equal(["route", "query", "body", "1,2"], new[] { "a", "b", "c", "many" }.Select(n => data[n].String));
    }

    [Fact]
    public async Task The_body_can_be_read_after_it_was_looked_into()
    {
        const string Body = """{"a":"body"}""";
        var request = Request(Body);
        await BindingData.OfAsync(request, CancellationToken.None);
        var again = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
        Assert.Equal(Body, Encoding.UTF8.GetString(again.Buffer));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(BindingData.LongestBody + 1L)]
    public async Task A_body_of_no_told_length_or_a_long_one_is_not_looked_into(long? length)
    {
        var request = Request("""{"a":"body"}""");
        request.ContentLength = length;
        Assert.Empty(await BindingData.OfAsync(request, CancellationToken.None));
    }

    private static QueueMessage Message() =>
        QueuesModelFactory.QueueMessage(
            "own id",
            "own receipt",
            new BinaryData("ignored"),
            dequeueCount: 3,
            insertedOn: Moment,
            expiresOn: Moment.AddDays(7)
        );

    private static HttpRequest Request(string body)
    {
        var request = new DefaultHttpContext().Request;
        var bytes = Encoding.UTF8.GetBytes(body);
        request.Body = new MemoryStream(bytes);
        request.ContentLength = bytes.Length;
        return request;
    }
}
