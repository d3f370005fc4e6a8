using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace InfluenceFunctions.Tests.Operations;

[Collection(AppCollection.Name)]
public sealed class PoisonTests(AppFixture fixture)
{
    [Fact]
    public async Task A_poison_message_is_kept_with_its_reason_and_others_go_on()
    {
        var net = Some.Network();
        var queue = new QueueClient(fixture.ConnectionString, "interactions");
        var poison = $"not a message {net}";
        await queue.SendMessageAsync(poison);
        await fixture.App.PostInteractionsAsync(Some.Batch(Some.Interaction($"{net}:a", $"{net}:b")));
        await fixture.App.DrainAsync();
        Assert.NotNull(await fixture.App.CardAsync($"{net}:b"));

        var letters = new TableClient(fixture.ConnectionString, "DeadLetters");
        var kept = await Eventually.FoundAsync(
            "the message is among the dead letters",
            () =>
                Task.FromResult(
                    letters.Query<TableEntity>().SingleOrDefault(l => System.Text.Encoding.UTF8.GetString(l.GetBinary("Body")) == poison)
                ),
            state: () => fixture.App.Log
        );
        Assert.StartsWith("interactions|", kept.PartitionKey, StringComparison.Ordinal);
        Assert.Contains("cannot be read", kept.GetString("Reason"), StringComparison.Ordinal);
        Assert.True(DateTimeOffset.UtcNow - kept.GetDateTimeOffset("At") < TimeSpan.FromMinutes(5));
    }
}
