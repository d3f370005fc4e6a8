using Azure.Storage.Queues;

namespace Influence.LocalHost.Tests.Support;

/// <summary>One Azurite for all tests, which then need not run one after the other; each has names of its own.</summary>
/// <remarks>It ends with the process of the tests.</remarks>
internal static class TestStorage
{
    private static readonly Lazy<Task<TestAzurite>> Azurite = new(StartAsync);

    public static async Task<string> ConnectionStringAsync() => (await Azurite.Value).ConnectionString;

    /// <summary>A name that no other test has.</summary>
    public static string NewName() => "t" + Guid.NewGuid().ToString("n")[..12];

    public static async Task<QueueClient> QueueAsync(string name) => new(await ConnectionStringAsync(), name);

    /// <summary>A queue that is made now.</summary>
    public static async Task<QueueClient> NewQueueAsync(string? name = null)
    {
        var queue = await QueueAsync(name ?? NewName());
        await queue.CreateAsync();
        return queue;
    }

    public static async Task<int> CountAsync(QueueClient queue) => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount;

    public static Task EmptyAsync(QueueClient queue, Func<string>? state = null) =>
        Eventually.HoldsAsync($"the queue {queue.Name} is empty", async () => await CountAsync(queue) == 0, state: state);

    private static async Task<TestAzurite> StartAsync()
    {
        var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        return azurite;
    }
}
