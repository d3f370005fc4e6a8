using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;

namespace Influence.LocalRuntime.Tests.Queues;

[Collection(AzuriteCollection.Name)]
public sealed class QueuePumpTests(TestAzurite azurite)
{
    private const string Knobs = "AzureFunctionsJobHost:extensions:queues";
    private readonly string name = "q" + Guid.NewGuid().ToString("n")[..12];

    [Fact]
    public async Task A_message_runs_its_function_and_is_deleted()
    {
        var queue = await QueueAsync();
        await queue.SendMessageAsync("one");
        await using var app = await StartAsync(typeof(Note));
        Assert.Equal(["one attempt 1"], await app.Get<Calls>().WaitAsync(1));
        await EmptyAsync(queue);
    }

    [Fact]
    public async Task After_exactly_five_attempts_a_message_goes_to_the_poison_queue_unchanged()
    {
        var queue = await QueueAsync();
        await queue.SendMessageAsync("bad <&>");
        await queue.SendMessageAsync("good");
        await using var app = await StartAsync(typeof(FailOnBad));
        await EmptyAsync(queue);
        Assert.Equal(6, app.Get<Calls>().All.Count);
        Assert.Equal(
            Enumerable.Range(1, 5).Select(i => $"bad <&> attempt {i}"),
            app.Get<Calls>().All.Where(c => c.StartsWith("bad", StringComparison.Ordinal))
        );
        var poison = new QueueClient(azurite.ConnectionString, $"{name}-poison");
        Assert.Equal("bad <&>", (await poison.ReceiveMessageAsync()).Value.MessageText);
    }

    [Fact]
    public async Task A_poison_queue_has_no_poison_queue_of_its_own_and_what_fails_there_is_never_deleted()
    {
        var queue = new QueueClient(azurite.ConnectionString, $"{name}-poison");
        await queue.CreateAsync();
        await queue.SendMessageAsync("bad");
        await using var app = await LocalApp.StartAsync(
            azurite,
            [typeof(FailOnBad)],
            null,
            ("Queue", $"{name}-poison"),
            ($"{Knobs}:messageEncoding", "none"),
            ($"{Knobs}:maxDequeueCount", "2"),
            ("LocalRuntime:QueueLock", "00:00:01")
        );
        await app.Get<Calls>().WaitAsync(4);
        Assert.Equal(1, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
        Assert.False(await new QueueClient(azurite.ConnectionString, $"{name}-poison-poison").ExistsAsync());
    }

    [Fact]
    public async Task In_base64_text_arrives_decoded_and_what_cannot_be_decoded_goes_to_poison_without_a_call()
    {
        var queue = await QueueAsync();
        await queue.SendMessageAsync("%%% no base64");
        await queue.SendMessageAsync(Convert.ToBase64String([0xff, 0xfe, 0xfd]));
        await queue.SendMessageAsync(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("grüße")));
        await using var app = await StartAsync(typeof(Note), ($"{Knobs}:messageEncoding", "base64"));
        await EmptyAsync(queue);
        Assert.Equal(["grüße attempt 1"], app.Get<Calls>().All);
        Assert.Equal(2, (await new QueueClient(azurite.ConnectionString, $"{name}-poison").PeekMessagesAsync(10)).Value.Length);
    }

    [Fact]
    public async Task While_a_function_runs_its_message_stays_locked()
    {
        var queue = await QueueAsync();
        await queue.SendMessageAsync("slow");
        await using var app = await StartAsync(typeof(Slow), ("LocalRuntime:QueueLock", "00:00:02"));
        Assert.Equal(["begins slow"], await app.Get<Calls>().WaitAsync(1));
        await EmptyAsync(queue);
        Assert.Equal(["begins slow", "ends slow"], app.Get<Calls>().All);
    }

    [Fact]
    public async Task No_more_than_batch_and_threshold_run_at_a_time()
    {
        var queue = await QueueAsync();
        for (var i = 0; i < 20; i++)
            await queue.SendMessageAsync($"{i}");
        await using var app = await StartAsync(typeof(Counted), ($"{Knobs}:batchSize", "3"), ($"{Knobs}:newBatchThreshold", "2"));
        await EmptyAsync(queue);
        var running = app.Get<Calls>().All.Select(text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(20, running.Count);
        Assert.InRange(running.Max(), 2, 5);
    }

    [Fact]
    public async Task A_missing_queue_is_not_created_but_found_when_it_comes()
    {
        await using var app = await StartAsync(typeof(Note));
        var queue = new QueueClient(azurite.ConnectionString, name);
        await Task.Delay(300);
        Assert.False(await queue.ExistsAsync());
        await queue.CreateAsync();
        await queue.SendMessageAsync("late");
        Assert.Equal(["late attempt 1"], await app.Get<Calls>().WaitAsync(1));
    }

    [Fact]
    public async Task Properties_of_a_json_message_lie_over_the_queues_metadata()
    {
        var queue = await QueueAsync();
        await queue.SendMessageAsync("""{"id":"forged","dequeueCount":99,"popReceipt":["not arrays"],"mine":{"a":1}}""");
        await queue.SendMessageAsync("""["no object"]""");
        await using var app = await StartAsync(typeof(Told));
        var told = (await app.Get<Calls>().WaitAsync(2)).Order(StringComparer.Ordinal).ToList();
        Assert.StartsWith("forged 99 ", told[1], StringComparison.Ordinal);
        Assert.EndsWith(""" {"a":1}""", told[1], StringComparison.Ordinal);
        Assert.DoesNotContain("not arrays", told[1], StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f-]{36} 1 [^ ]{20,} $", told[0]);
    }

    [Fact]
    public async Task A_message_that_names_a_functions_token_fails_it()
    {
        var queue = await QueueAsync();
        await queue.SendMessageAsync("""{"cancellationToken":1}""");
        await using var app = await StartAsync(typeof(Endless));
        await EmptyAsync(queue);
        Assert.Empty(app.Get<Calls>().All);
        Assert.True(await new QueueClient(azurite.ConnectionString, $"{name}-poison").ExistsAsync());
    }

    [Fact]
    public async Task A_stop_lets_work_in_hand_end()
    {
        var queue = await QueueAsync();
        await queue.SendMessageAsync("slow");
        await using var app = await StartAsync(typeof(Slow));
        await app.Get<Calls>().WaitAsync(1);
        await app.StopAsync();
        Assert.Equal(["begins slow", "ends slow"], app.Get<Calls>().All);
        await EmptyAsync(queue);
    }

    [Fact]
    public async Task A_function_cut_short_by_the_stop_leaves_its_message_to_the_next_start()
    {
        var queue = await QueueAsync();
        await queue.SendMessageAsync("endless");
        await using (var app = await StartAsync(typeof(Endless), ("LocalRuntime:StopPatience", "00:00:00.200")))
        {
            await app.Get<Calls>().WaitAsync(1);
            await app.StopAsync();
        }

        Assert.Equal("endless", (await queue.PeekMessageAsync()).Value.MessageText);
    }

    [Fact]
    public async Task The_admin_endpoint_runs_a_queue_function_now()
    {
        await using var app = await StartAsync(typeof(Note));
        var response = await app.Client.PostAsync(
            "/admin/functions/note",
            new StringContent("{\"input\":\"by hand\"}", null, "application/json")
        );
        Assert.Equal(System.Net.HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(["by hand attempt 1"], await app.Get<Calls>().WaitAsync(1));
    }

    private Task<LocalApp> StartAsync(Type functions, params (string Name, string Value)[] settings) =>
        LocalApp.StartAsync(
            azurite,
            [functions],
            null,
            [("Queue", name), ($"{Knobs}:messageEncoding", "none"), ($"{Knobs}:maxPollingInterval", "00:00:00.2"), .. settings]
        );

    private async Task<QueueClient> QueueAsync()
    {
        var queue = new QueueClient(azurite.ConnectionString, name);
        await queue.CreateAsync();
        return queue;
    }

    private static Task EmptyAsync(QueueClient queue) =>
        Eventually.HoldsAsync("the queue is empty", async () => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0);

    private sealed class Note(Calls calls)
    {
        [Function("Note")]
        public void Run([QueueTrigger("%Queue%")] string message, FunctionContext context) =>
            calls.Add($"{message} attempt {context.BindingContext.BindingData["DequeueCount"]}");
    }

    private sealed class Told(Calls calls)
    {
        [Function("Told")]
        public void Run([QueueTrigger("%Queue%")] string message, FunctionContext context)
        {
            var data = context.BindingContext.BindingData;
            Assert.Equal(message, data["QueueTrigger"]);
            calls.Add($"{data["Id"]} {data["DequeueCount"]} {data["PopReceipt"]} {data.GetValueOrDefault("Mine")}");
        }
    }

    private sealed class FailOnBad(Calls calls)
    {
        [Function("FailOnBad")]
        public Task Run([QueueTrigger("%Queue%")] string message, FunctionContext context)
        {
            calls.Add($"{message} attempt {context.BindingContext.BindingData["DequeueCount"]}");
            return message[0] == 'b' ? throw new InvalidOperationException("As the test wants.") : Task.CompletedTask;
        }
    }

    private sealed class Slow(Calls calls)
    {
        [Function("Slow")]
        public async Task RunAsync([QueueTrigger("%Queue%")] string message, CancellationToken cancellationToken)
        {
            calls.Add($"begins {message}");
            await Task.Delay(1500, cancellationToken);
            calls.Add($"ends {message}");
        }
    }

    private sealed class Endless(Calls calls)
    {
        [Function("Endless")]
        public Task RunAsync([QueueTrigger("%Queue%")] string message, CancellationToken cancellationToken)
        {
            calls.Add(message);
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }

    private sealed class Counted(Calls calls)
    {
        private static int running;

        [Function("Counted")]
        public async Task RunAsync([QueueTrigger("%Queue%")] string message)
        {
            calls.Add($"{Interlocked.Increment(ref running)}");
            await Task.Delay(100 + message.Length);
            Interlocked.Decrement(ref running);
        }
    }
}
