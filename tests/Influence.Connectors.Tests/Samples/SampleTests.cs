using System.Text.Json.Nodes;

namespace Influence.Connectors.Tests.Samples;

/// <summary>
/// Every sample of every source means what the file beside it says. After a deliberate change, or for a new sample, write those files with
/// <c>WRITE_EXPECTED=1 dotnet test</c> and read the difference; headers that a body needs go into its expected file first.
/// </summary>
public sealed class SampleTests
{
    public static IEnumerable<object[]> All() => Sample.All().Select(s => new object[] { s.Source, s.Name });

    [Theory]
    [MemberData(nameof(All))]
    public void A_sample_means_what_is_expected(string source, string name)
    {
        var sample = new Sample(source, name);
        var translation = Some.Connector(source).Translate(sample.Delivery, Some.Now);
        Assert.NotNull(translation);
        var actual = SampleJson.Of(translation, sample.Headers);
        if (Environment.GetEnvironmentVariable("WRITE_EXPECTED") == "1")
            File.WriteAllText(sample.ExpectedFile, actual);
        var expected = File.ReadAllText(sample.ExpectedFile);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), $"{name} means\n{actual}");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_sample_holds_nothing_that_the_door_refuses(string source, string name)
    {
        var translation = Some.Connector(source).Translate(new Sample(source, name).Delivery, Some.Now)!;
        var facts = translation.Items.SelectMany(i =>
            i switch
            {
                TakeFact t => [t.Fact],
                RememberFacts r => r.Facts,
                _ => Enumerable.Empty<Fact>(),
            }
        );
        Assert.All(facts, f => Assert.Null(FactRules.Refuse(f, ScoringPolicy.Current, Some.Now)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_signed_sample_is_genuine(string source, string name)
    {
        var (connector, sample) = (Some.Connector(source), new Sample(source, name));
        var secret = Secrets.Of(source);
        var signed = Some.Delivery(sample.Body, sample.Headers.Concat(connector.Sign(sample.Body, secret, Some.Now)));
        Assert.True(connector.VerifySignature(signed, Some.Settings("another", secret), Some.Now));
        Assert.False(connector.VerifySignature(signed, Some.Settings("another"), Some.Now));
    }

    [Fact]
    public void Every_source_has_samples_and_every_sample_a_source()
    {
        Assert.Equal(ConnectorRegistry.All.Select(c => c.Source).Order(), Sample.All().Select(s => s.Source).Distinct().Order());
        var expected = Sample.All().Select(s => s.ExpectedFile).Order(StringComparer.Ordinal);
        Assert.Equal(
            expected,
            Directory
                .EnumerateFiles(Path.Combine(Sample.Root(), "samples", "webhooks"), "*.expected.json", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
        );
    }
}
