using System.Net;

namespace Influence.LocalHost.Tests.Worker;

public sealed class FunctionTimeoutTests
{
    [Fact]
    public async Task A_function_that_ignores_its_timeout_ends_with_its_worker_and_others_are_served_after()
    {
        await using var host = await RunningHost.StartAsync(("AzureFunctionsJobHost__functionTimeout", "00:00:02"));
        var heeds = host.Client.GetAsync("/api/hang/heeds");
        var ignores = host.Client.GetAsync("/api/hang-deaf/ignores");
        await host.SaysAsync("ran longer than host.json's functionTimeout, 00:00:02", 2);
        await Eventually.EndsAsync(heeds, "the call of a function that heeds its token");
        Assert.Equal(HttpStatusCode.OK, (await heeds).StatusCode);
        Assert.Single(host.Workers);

        await Eventually.EndsAsync(ignores, "the call of a function that ignores its token");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await ignores).StatusCode);
        await host.ServesAsync();
        Assert.Equal(2, host.Workers.Count);
    }
}
