using System.Text;

namespace Influence.LocalHost.Tests.Queues;

/// <summary>Messages in base64, few attempts, a short lock.</summary>
public sealed class EncodedQueueTests(EncodedQueueTests.EncodedHost fixture) : IClassFixture<EncodedQueueTests.EncodedHost>
{
    [Fact]
    public async Task Text_arrives_decoded_and_what_cannot_be_decoded_goes_to_poison_without_a_call()
    {
        var queue = await TestStorage.QueueAsync(fixture.Notes);
        Assert.False(await queue.ExistsAsync(), "A missing queue was created by its listener.");
        await queue.CreateAsync();
        await queue.SendMessageAsync("%%% no base64");
        await queue.SendMessageAsync(Convert.ToBase64String([0xff, 0xfe, 0xfd]));
        await queue.SendMessageAsync(Base64("grüße"));
        await TestStorage.EmptyAsync(queue, () => fixture.Host.Log);
        Assert.Equal(["grüße attempt 1"], fixture.Host.CallsOf("gr"));
        var poison = await TestStorage.QueueAsync($"{queue.Name}-poison");
        Assert.Equal(2, (await poison.PeekMessagesAsync(10)).Value.Length);
    }

    [Fact]
    public async Task A_poison_queue_has_no_poison_queue_of_its_own_and_what_fails_there_is_never_deleted()
    {
        var queue = await TestStorage.NewQueueAsync(fixture.Poison);
        await queue.SendMessageAsync(Base64("bad"));
        await fixture.Host.CallsAsync(4, "bad");
        Assert.Equal(1, await TestStorage.CountAsync(queue));
        Assert.False(await (await TestStorage.QueueAsync($"{queue.Name}-poison")).ExistsAsync());
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public sealed class EncodedHost : HostFixture
    {
        public string Notes { get; } = TestStorage.NewName();

        public string Poison { get; } = $"{TestStorage.NewName()}-poison";

        protected override (string Name, string Value)[] Settings =>
            [
                .. RunningHost.Listens("Note", Notes),
                .. RunningHost.Listens("FailOnBad", Poison),
                ("LocalHost__QueueLock", "00:00:01"),
                ("AzureFunctionsJobHost__extensions__queues__messageEncoding", "base64"),
                ("AzureFunctionsJobHost__extensions__queues__maxDequeueCount", "2"),
            ];
    }
}
