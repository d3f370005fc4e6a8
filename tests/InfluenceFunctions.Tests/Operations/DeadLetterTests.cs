using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace InfluenceFunctions.Tests.Operations;

/// <summary>A message that failed for good, from the queue to the operator's command and back.</summary>
[Collection(AppCollection.Name)]
public sealed class DeadLetterTests(AppFixture fixture) : IDisposable
{
    private readonly ReplayProcess replay = new();

    public void Dispose() => replay.Dispose();

    [Fact]
    public async Task An_operator_finds_a_letter_looks_repairs_and_runs_it_again_and_it_counts_once()
    {
        var (net, before) = (Some.Network(), await StatesAsync());
        await fixture.App.PostInteractionsAsync(Some.Batch(Some.Interaction($"{net}:a", $"{net}:t")));
        await fixture.App.DrainAsync();
        await Eventually.HoldsAsync("the account has a row", async () => (await StatesAsync()).Count == before.Count + 1);
        // One byte of the row becomes another, as by a fault of hardware.
        var whole = (await StatesAsync()).ExceptBy(before.Select(r => r.RowKey), r => r.RowKey).Single();
        var broken = new TableEntity(whole) { ["Summary"] = (byte[])whole.GetBinary("Summary").Clone() };
        broken.GetBinary("Summary")[^3] ^= 1;
        await WriteAsync(broken);
        await fixture.App.PostInteractionsAsync(Some.Batch(Some.Interaction($"{net}:b", $"{net}:t")));
        var id = await Eventually.FoundAsync("the message is a dead letter", () => LetterOfAsync($"{net}:b"), state: () => fixture.App.Log);

        var (code, output) = await CommandAsync("list", "--queue", "interactions");
        Assert.Equal(0, code);
        Assert.Contains(id, output, StringComparison.Ordinal);
        Assert.Contains("PageCorrupt: ", output, StringComparison.Ordinal);

        (code, output) = await CommandAsync("show", id, "--reason", "A drill");
        Assert.Equal(0, code);
        Assert.Contains($"{net}:b", output, StringComparison.Ordinal);

        await WriteAsync(whole);
        (code, output) = await CommandAsync("retry", id, "--reason", "The row is repaired");
        Assert.True(code == 0, output);
        Assert.Contains("Retry: 1 of 1 dead letters.", output, StringComparison.Ordinal);
        await fixture.App.DrainAsync();
        await Eventually.HoldsAsync(
            "both facts count",
            async () => (await fixture.App.CardAsync($"{net}:t"))!.Value.GetProperty("coverage").GetProperty("people").GetInt32() == 2,
            state: () => fixture.App.Log
        );
        Assert.Null(await LetterOfAsync($"{net}:b"));
        (code, output) = await CommandAsync("retry", id);
        Assert.Equal(1, code);
        Assert.Contains("no dead letter of this id", output, StringComparison.Ordinal);

        var audit = await fixture.App.Operator.GetStringAsync("/api/v1/audit");
        foreach (var call in new[] { "GetDeadLetter", "RetryDeadLetter" })
            Assert.Contains(
                JsonDocument.Parse(audit).RootElement.GetProperty("entries").EnumerateArray(),
                e => e.GetProperty("call").GetString() == call && e.GetProperty("what").GetString() == id
            );
    }

    [Fact]
    public async Task A_letter_that_helps_nobody_is_discarded()
    {
        var body = $"nonsense {Some.Network()}";
        await new QueueClient(fixture.ConnectionString, "interactions-poison").SendMessageAsync(body);
        var id = await Eventually.FoundAsync("the message is a dead letter", () => LetterOfAsync(body), state: () => fixture.App.Log);
        var (code, output) = await CommandAsync("discard", id, "--reason", "No message of ours");
        Assert.True(code == 0, output);
        Assert.Null(await LetterOfAsync(body));
    }

    private Task<(int Code, string Output)> CommandAsync(string action, params string[] arguments) =>
        replay.CommandAsync(fixture.App, ["dead-letters", action, .. arguments, "--admin-key", RunningApp.MasterKey]);

    // By what is in it, as an operator looks.
    private async Task<string?> LetterOfAsync(string content)
    {
        using var list = JsonDocument.Parse(await fixture.App.Operator.GetStringAsync("/api/v1/dead-letters"));
        foreach (var letter in list.RootElement.GetProperty("deadLetters").EnumerateArray())
        {
            var id = letter.GetProperty("id").GetString()!;
            using var response = await fixture.App.Operator.GetAsync($"/api/v1/dead-letters/{id}");
            if (response.IsSuccessStatusCode && (await response.Content.ReadAsStringAsync()).Contains(content, StringComparison.Ordinal))
                return id;
        }

        return null;
    }

    private async Task<List<TableEntity>> StatesAsync() =>
        await new TableClient(fixture.ConnectionString, "Accounts")
            .QueryAsync<TableEntity>("RowKey ge 's|' and RowKey lt 's}'")
            .ToListAsync();

    private async Task WriteAsync(TableEntity row) =>
        await new TableClient(fixture.ConnectionString, "Accounts").UpsertEntityAsync(row, TableUpdateMode.Replace);
}
