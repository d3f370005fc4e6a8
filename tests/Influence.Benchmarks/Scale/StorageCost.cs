namespace Influence.Benchmarks.Scale;

/// <summary>What a piece of work asked of storage.</summary>
/// <param name="Stage">The work and its time.</param>
/// <param name="Tables">Requests to tables; a transaction of up to 100 rows is one.</param>
/// <param name="Queues">Requests to queues.</param>
internal sealed record StorageCost(Stage Stage, double Tables, double Queues)
{
    public static readonly string[] Head = ["", "s", "table requests", "queue requests", "cost"];

    public static async Task<StorageCost> MeasureAsync(string name, TestAzurite azurite, Func<Task> work)
    {
        var before = Messages(azurite);
        using var counts = new StorageCounts();
        var stage = await Stage.MeasureAsync(name, work);
        var queues = Messages(azurite) - before;
        return new StorageCost(stage, counts.Total - queues, queues);
    }

    /// <summary>The same work so many times.</summary>
    public StorageCost Times(string name, double times) =>
        new(new Stage(name, Stage.Seconds * times, Stage.Cpu * times), Tables * times, Queues * times);

    public string[] Row() =>
        [Stage.Name, Report.Number(Stage.Seconds), Report.Number(Tables), Report.Number(Queues), Prices.Show(Prices.Of(Tables, Queues))];

    private static long Messages(TestAzurite azurite) => azurite.Requests.LongCount(l => l.Contains("/messages", StringComparison.Ordinal));
}
