using System.Globalization;

namespace InfluenceFunctions.Tests.Ingest;

/// <summary>A year's export, sent by the replay as an import.</summary>
[Collection(AppCollection.Name)]
public sealed class ReplayImportTests(AppFixture fixture) : IDisposable
{
    private const int Lines = 400;
    private const int Old = 310;

    private readonly ReplayProcess replay = new();
    private readonly DateTimeOffset now = DateTimeOffset.UtcNow;

    public void Dispose() => replay.Dispose();

    [Fact]
    public async Task A_years_export_counts_once_when_it_is_imported_twice_and_in_two_orders()
    {
        var (one, other) = (Some.Network(), Some.Network());
        await ImportAsync(one);
        var before = await CardsAsync(one);
        Assert.Equal(Lines, before.Sum(c => c.Interactions));
        Assert.All(before, c => Assert.True(c.Influence > 1));

        await ImportAsync(one);
        await ImportAsync(one, "--shuffle", "7", "--random-batches", "3");
        await ImportAsync(other, "--shuffle", "5", "--random-batches", "2", "--twice");
        AssertSame(before, await CardsAsync(one));
        AssertSame(before, await CardsAsync(other));
    }

    [Fact]
    public async Task Without_the_operators_key_nothing_is_imported_and_the_key_is_named()
    {
        var net = Some.Network();
        var (code, output) = await replay.RunAsync(fixture.App, Export(net), "--import", "--key", RunningApp.FunctionKey);
        Assert.Equal(1, code);
        Assert.Contains("--admin-key", output, StringComparison.Ordinal);
        Assert.Null(await fixture.App.CardAsync($"{net}:t0"));
    }

    // An hour beside the bounds: time goes on during a test.
    private string Export(string net) =>
        replay.Write(
            $"{net}.csv",
            Enumerable
                .Range(0, Lines)
                .Select(i =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"share,{net}:a{i % 23},{net}:t{i % 3},{now.AddDays(-i).AddHours(-1):yyyy-MM-dd HH:mm:ss},line-{i}"
                    )
                )
                .Prepend("type,actor,target,at,id")
        );

    private async Task ImportAsync(string net, params string[] options)
    {
        string[] arguments = [Export(net), "--import", "--admin-key", RunningApp.MasterKey, .. options];
        var (code, output) = await replay.RunAsync(fixture.App, arguments);
        Assert.True(code == 0, output);
        var times = options.Contains("--twice") ? 2 : 1;
        Assert.Contains($"; {times * Lines} of {times * Lines} accepted.", output, StringComparison.Ordinal);
        Assert.Contains($"  {times * Old} are older than 90 days", output, StringComparison.Ordinal);
        await fixture.App.DrainAsync();
    }

    private async Task<(long Interactions, double Influence)[]> CardsAsync(string net)
    {
        var cards = new List<(long, double)>();
        foreach (var target in new[] { "t0", "t1", "t2" })
        {
            var card = (await fixture.App.CardAsync($"{net}:{target}"))!.Value;
            cards.Add((card.GetProperty("coverage").GetProperty("interactions").GetInt64(), card.GetProperty("influence").GetDouble()));
        }

        return [.. cards];
    }

    private static void AssertSame((long Interactions, double Influence)[] expected, (long Interactions, double Influence)[] actual)
    {
        Assert.Equal(expected.Select(c => c.Interactions), actual.Select(c => c.Interactions));
        // In a minute a score fades by a hundred-thousandth.
        Assert.All(expected.Zip(actual), c => Assert.InRange(c.Second.Influence / c.First.Influence, 1 - 1e-4, 1 + 1e-9));
    }
}
