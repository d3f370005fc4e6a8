using Azure.Data.Tables;

namespace Influence.Pipeline.Tests.Storage;

/// <summary>Answers that storage never gives: something on the way gave them, and they are not believed.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class AnswerCheckTests(TestAzurite azurite)
{
    [Theory]
    [InlineData(Fault.Page)]
    [InlineData(Fault.Conflict)]
    public async Task An_answer_that_storage_never_gives_to_a_read_is_not_believed_and_asked_for_again(object fault)
    {
        await using var storage = await FaultyStorage.ReadyAsync(azurite);
        storage.Next(_ => true, (Fault)fault, (Fault)fault);
        var found = await storage.Get<Deployment>().Journal.GetEntityIfExistsAsync<TableEntity>("p", "r");
        Assert.False(found.HasValue);
        Assert.Equal([(Fault)fault, (Fault)fault, Fault.None], storage.Sent.Select(s => s.Fault));
    }

    [Theory]
    [InlineData(Fault.Busy)]
    [InlineData(Fault.Forbidden)]
    [InlineData(Fault.Throttled)]
    public async Task An_error_in_json_that_no_queue_gives_is_try_later(object fault)
    {
        await using var storage = await FaultyStorage.ReadyAsync(azurite);
        storage.FaultOf = r => r.RequestUri!.AbsolutePath.EndsWith("/messages", StringComparison.Ordinal) ? (Fault)fault : Fault.None;
        var queue = storage.Get<Deployment>().Interactions;
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => queue.SendMessageAsync("{}"));
        Assert.True(StorageFailure.IsTryLater(failure, default), $"{failure}");
        storage.FaultOf = _ => Fault.None;
        await queue.SendMessageAsync("{}");
    }
}
