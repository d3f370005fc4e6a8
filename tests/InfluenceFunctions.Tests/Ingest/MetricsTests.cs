using System.Net;

namespace InfluenceFunctions.Tests.Ingest;

[Collection(AppCollection.Name)]
public sealed class MetricsTests(AppFixture fixture)
{
    private readonly string account = $"{Some.Network()}:star";

    [Fact]
    public async Task A_gauge_weighs_as_the_formula_says()
    {
        await PostAsync(Some.Metric(account, "followers", "\"value\":1000"));
        Assert.Equal(0.005 * 1000, await AudienceAsync(), 0.01);
    }

    [Fact]
    public async Task A_late_gauge_never_overwrites_a_newer_one()
    {
        await PostAsync(Some.Metric(account, "followers", "\"value\":1000", age: 10));
        await PostAsync(Some.Metric(account, "followers", "\"value\":400000", age: 3600));
        Assert.Equal(5, await AudienceAsync(), 0.01);
    }

    [Fact]
    public async Task A_repeated_increment_counts_once()
    {
        var views = Some.Metric(account, "views", "\"add\":2000", extra: ",\"id\":\"report-1\"");
        await PostAsync(views);
        var once = await AudienceAsync();
        await PostAsync(views);
        Assert.True(once > 0);
        Assert.Equal(once, await AudienceAsync(), once / 1000);
        await PostAsync(views.Replace("report-1", "report-2", StringComparison.Ordinal));
        Assert.Equal(2 * once, await AudienceAsync(), once / 1000);
    }

    private async Task PostAsync(string metric)
    {
        var response = await fixture.App.PostAsync("/api/v1/metrics", Some.Batch(metric));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await fixture.App.DrainAsync();
    }

    private async Task<double> AudienceAsync() => (await fixture.App.CardAsync(account))!.Value.GetProperty("audience").GetDouble();
}
