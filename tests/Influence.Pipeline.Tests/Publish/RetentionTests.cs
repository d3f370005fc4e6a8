using Influence.Tests;

namespace Influence.Pipeline.Tests;

[Collection(AzuriteCollection.Name)]
public sealed class RetentionTests(TestAzurite azurite)
{
    [Fact]
    public async Task A_remembered_activity_is_forgotten_when_its_undo_would_come_too_late()
    {
        await using var app = new App(azurite);
        var activities = app.Get<Activities>();
        await activities.TakeBackAsync("bluesky|old", app.Now, default);
        app.Clock.Advance(TimeSpan.FromDays(89));
        await activities.TakeBackAsync("bluesky|young", app.Now, default);
        await app.PublishAsync();
        Assert.Equal(2, (await app.Deployment.Activities.QueryAsync<Azure.Data.Tables.TableEntity>().ToListAsync()).Count);
        app.Clock.Advance(TimeSpan.FromDays(2));
        await app.PublishAsync();
        var left = Assert.Single(await app.Deployment.Activities.QueryAsync<Azure.Data.Tables.TableEntity>().ToListAsync());
        Assert.Contains("young", left.RowKey, StringComparison.Ordinal);
    }
}
