using System.Globalization;
using System.Net;

namespace Influence.LocalHost.Tests.Queues;

/// <summary>Queue functions in a real worker, each on a queue of its own.</summary>
public sealed class QueueFunctionTests(QueueFunctionTests.QueueHost fixture) : IClassFixture<QueueFunctionTests.QueueHost>
{
    [Fact]
    public async Task A_message_runs_its_function_and_is_deleted()
    {
        var queue = await TestStorage.NewQueueAsync(fixture.Queue("Note"));
        await queue.SendMessageAsync("one");
        Assert.Equal(["one attempt 1"], await fixture.Host.CallsAsync(1, "one"));
        await EmptyAsync("Note");
    }

    [Fact]
    public async Task After_exactly_five_attempts_a_message_goes_to_the_poison_queue_unchanged()
    {
        var queue = await TestStorage.NewQueueAsync(fixture.Queue("FailOnBad"));
        await queue.SendMessageAsync("bad <&>");
        await queue.SendMessageAsync("good");
        await EmptyAsync("FailOnBad");
        Assert.Equal(Enumerable.Range(1, 5).Select(i => $"bad <&> attempt {i}"), fixture.Host.CallsOf("bad"));
        Assert.Equal(["good attempt 1"], fixture.Host.CallsOf("good"));
        var poison = await TestStorage.QueueAsync($"{queue.Name}-poison");
        Assert.Equal("bad <&>", (await poison.ReceiveMessageAsync()).Value.MessageText);
    }

    [Fact]
    public async Task While_a_function_runs_its_message_stays_locked()
    {
        var queue = await TestStorage.NewQueueAsync(fixture.Queue("Slow"));
        await queue.SendMessageAsync("slow");
        Assert.Equal(["begins slow"], await fixture.Host.CallsAsync(1, "begins"));
        await EmptyAsync("Slow");
        Assert.Equal(["begins slow"], fixture.Host.CallsOf("begins"));
        Assert.Equal(["ends slow"], fixture.Host.CallsOf("ends"));
    }

    [Fact]
    public async Task No_more_than_batch_and_threshold_run_at_a_time()
    {
        var queue = await TestStorage.NewQueueAsync(fixture.Queue("Counted"));
        for (var i = 0; i < 20; i++)
            await queue.SendMessageAsync($"{i}");
        await EmptyAsync("Counted");
        var running = fixture.Host.CallsOf("counted").Select(c => int.Parse(c.Split(' ')[1], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(20, running.Count);
        Assert.InRange(running.Max(), 2, 5);
    }

    // As on the real host: strings, numbers and objects lie over the queue's own, arrays and null do not.
    [Fact]
    public async Task Properties_of_a_json_message_lie_over_the_queues_metadata()
    {
        var queue = await TestStorage.NewQueueAsync(fixture.Queue("Told"));
        await queue.SendMessageAsync("""["no object"]""");
        var told = (await fixture.Host.CallsAsync(1, "True|"))[0];
        Assert.Matches("^True\\|[0-9a-f-]{36}\\|1\\|[^|]{20,}\\|\"20[^|]+\"\\|\"20[^|]+\"\\|\"20[^|]+\"\\|$", told);

        await queue.SendMessageAsync("""{"id":"forged","dequeueCount":99,"popReceipt":["no arrays"],"mine":{"a": [1]}}""");
        told = (await fixture.Host.CallsAsync(1, "True|forged|"))[0];
        Assert.Matches("^True\\|forged\\|99\\|[^|\\[]{20,}\\|.*\\|{\"a\": ?\\[1\\]}$", told);

        await queue.SendMessageAsync("""{"ID":"by another case","PopReceipt":null,"DequeueCount":1.50,"mine":true}""");
        told = (await fixture.Host.CallsAsync(1, "True|by another case|"))[0];
        Assert.Matches("^True\\|by another case\\|1\\.50\\|[^|]{20,}\\|.*\\|True$", told);
    }

    [Fact]
    public async Task A_message_that_names_a_functions_token_fails_it()
    {
        var queue = await TestStorage.NewQueueAsync(fixture.Queue("Endless"));
        await queue.SendMessageAsync("""{"stop":1}""");
        await EmptyAsync("Endless");
        Assert.Empty(fixture.Host.CallsOf("{"));
        Assert.True(await (await TestStorage.QueueAsync($"{queue.Name}-poison")).ExistsAsync());
    }

    [Theory]
    [InlineData("note", HttpStatusCode.Accepted)]
    [InlineData("Echo", HttpStatusCode.NotFound)]
    [InlineData("nobody", HttpStatusCode.NotFound)]
    public async Task The_admin_endpoint_runs_a_function_now_unless_it_is_of_http(string name, HttpStatusCode status)
    {
        using var input = new StringContent("""{"input":"by hand"}""", null, "application/json");
        using var response = await fixture.Host.Client.PostAsync($"/admin/functions/{name}", input);
        Assert.Equal(status, response.StatusCode);
        if (status == HttpStatusCode.Accepted)
            Assert.Equal(["by hand attempt 1"], await fixture.Host.CallsAsync(1, "by hand"));
    }

    [Fact]
    public async Task The_admin_endpoint_refuses_what_is_no_json()
    {
        using var input = new StringContent("by hand", null, "application/json");
        using var response = await fixture.Host.Client.PostAsync("/admin/functions/Note", input);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_worker_that_crashes_on_a_message_gets_it_again_and_all_others_are_processed()
    {
        var queue = await TestStorage.NewQueueAsync(fixture.Queue("CrashOnce"));
        await queue.SendMessageAsync("crash");
        await queue.SendMessageAsync("calm");
        await EmptyAsync("CrashOnce");
        Assert.Equal(["crash attempt 1", "crash attempt 2"], fixture.Host.CallsOf("crash"));
        Assert.NotEmpty(fixture.Host.CallsOf("calm"));
        Assert.False(await (await TestStorage.QueueAsync($"{queue.Name}-poison")).ExistsAsync());
    }

    private Task EmptyAsync(string function) => fixture.EmptyAsync(function);

    public sealed class QueueHost : HostFixture
    {
        private static readonly string[] Functions = ["Note", "Told", "FailOnBad", "Slow", "Endless", "Counted", "CrashOnce"];
        private readonly string name = TestStorage.NewName();

        public string Queue(string function) => $"{name}-{function.ToLowerInvariant()}";

        public async Task EmptyAsync(string function) =>
            await TestStorage.EmptyAsync(await TestStorage.QueueAsync(Queue(function)), () => Host.Log);

        protected override (string Name, string Value)[] Settings =>
            [
                .. Functions.SelectMany(f => RunningHost.Listens(f, Queue(f))),
                ("LocalHost__QueueLock", "00:00:01"),
                ("AzureFunctionsJobHost__extensions__queues__batchSize", "3"),
                ("AzureFunctionsJobHost__extensions__queues__newBatchThreshold", "2"),
            ];
    }
}
