using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Influence.Connectors.Tests.Cases;

/// <summary>
/// Every case comes to what is written beside it. After a deliberate change write that anew with <c>WRITE_EXPECTED=1 dotnet test</c> and
/// read the difference.
/// </summary>
public sealed class CaseTests
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<object[]> All() => Case.All().Select(c => new object[] { c.Source, c.Name });

    [Theory]
    [MemberData(nameof(All))]
    public void A_case_comes_to_what_is_written_beside_it(string source, string name)
    {
        var one = Case.All().Single(c => (c.Source, c.Name) == (source, name));
        var actual = Case.MeaningOf(Some.Connector(source).Translate(one.Delivery, Case.Now)!);
        Assert.True(JsonNode.DeepEquals(one.Line["expected"], actual), $"{name} comes to\n{actual.ToJsonString(Readable)}");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_case_is_signed_as_its_source_does(string source, string name)
    {
        var one = Case.All().Single(c => (c.Source, c.Name) == (source, name));
        var (connector, secret) = (Some.Connector(source), Secrets.Of(source));
        var signed = Some.Delivery(one.Body, one.Headers.Concat(connector.Sign(one.Body, secret, Case.Now)));
        Assert.True(connector.VerifySignature(signed, Some.Settings(secret), Case.Now));
    }

    [Fact]
    public void Every_case_says_what_it_comes_to_and_why()
    {
        if (Environment.GetEnvironmentVariable("WRITE_EXPECTED") == "1")
            File.WriteAllLines(Case.File, [.. Case.All().Select(Written)]);
        Assert.All(
            Case.All(),
            c =>
                Assert.True(
                    c.Line["expected"] is not null && !string.IsNullOrEmpty((string?)c.Line["why"]),
                    $"{c.Source} {c.Name}: run with WRITE_EXPECTED=1"
                )
        );
    }

    private static string Written(Case one)
    {
        one.Line["expected"] = Case.MeaningOf(Some.Connector(one.Source).Translate(one.Delivery, Case.Now)!);
        return one.Line.ToJsonString(Readable);
    }
}
