namespace Influence.Pipeline.Tests.Recompute;

public sealed class MetricTests
{
    [Fact]
    public async Task A_late_gauge_never_overwrites_a_newer_one()
    {
        await using var app = new App();
        foreach (var (value, age) in new[] { (1000, 100), (5000, 200), (900, 100), (7, 86_400) })
            await SendAsync(app, "followers", age, value: value);
        Assert.Equal(0.005 * 1000, (await app.CardAsync("net:t"))!.Audience, 1e-3);
        await SendAsync(app, "followers", 0, value: 2000);
        Assert.Equal(0.005 * 2000, (await app.CardAsync("net:t"))!.Audience, 1e-9);
    }

    [Fact]
    public async Task An_increment_with_an_id_counts_once_and_another_id_counts_again()
    {
        await using var app = new App();
        foreach (var id in new[] { "1", "1", "2", "1" })
            await SendAsync(app, "shares", 0, add: 10, id: id);
        Assert.Equal(0.05 * 4 * 20, (await app.CardAsync("net:t"))!.Audience, 1e-9);
        await SendAsync(app, "views", 0, add: 10, id: "1");
        Assert.Equal((0.05 * 4 * 20) + (0.05 * 0.02 * 10), (await app.CardAsync("net:t"))!.Audience, 1e-9);
    }

    private static async Task SendAsync(App app, string metric, long age, double? value = null, double? add = null, string? id = null)
    {
        await app.SendAsync([
            new MetricReport
            {
                Account = AccountId.Parse("net:t"),
                Counts = MetricReport.TryParse(metric, out var counts) ? counts : throw new ArgumentException(metric),
                Value = (value ?? add)!.Value,
                At = app.Now - age,
                Id = id,
            },
        ]);
        await app.DrainAsync();
    }
}
