using System.Net;
using System.Text.Json;
using Azure.Data.Tables;

namespace InfluenceFunctions.Tests.Http;

[Collection(AppCollection.Name)]
public sealed class ProblemTests(AppFixture fixture)
{
    [Fact]
    public async Task A_bug_is_a_problem_without_a_stack_trace_and_a_line_of_the_log_with_one()
    {
        var net = Some.Network();
        await fixture.App.PostInteractionsAsync(Some.Batch(Some.Interaction($"{net}:a", $"{net}:b")));
        await fixture.App.DrainAsync();
        var accounts = new TableClient(fixture.ConnectionString, "Accounts");
        var row = accounts.Query<TableEntity>().Single(r => r.GetString("Account") == $"{net}:b");
        row["Summary"] = new byte[] { 1, 2, 3 };
        await accounts.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);

        var response = await fixture.App.Client.GetAsync($"/api/v1/profiles/{net}:b");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal("internal", JsonElement.Parse(body).GetProperty("code").GetString());
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        await WaitForLogAsync("InfluenceFunctions.Http.ExceptionToProblem");
        // A damaged row is no state that other tests should meet.
        await accounts.DeleteEntityAsync(row.PartitionKey, row.RowKey);
    }

    [Theory]
    [InlineData("/api/health", HttpStatusCode.OK)]
    [InlineData("/api/v1/leaderboards", HttpStatusCode.OK)]
    [InlineData("/api/v1/leaderboards/nothing?top=x", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/profiles/n:nobody", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/webhooks/nothing", HttpStatusCode.NotFound)]
    public async Task Every_answer_says_that_its_type_is_not_to_be_guessed(string path, HttpStatusCode status)
    {
        var response = await fixture.App.Client.GetAsync(path);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        if (response.Headers.ETag is not { } tag)
            return;
        using var again = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { tag } } };
        var known = await fixture.App.Client.SendAsync(again);
        Assert.Equal(["nosniff"], known.Headers.GetValues("X-Content-Type-Options"));
    }

    private Task WaitForLogAsync(string text) =>
        Eventually.HoldsAsync(
            $"the log says {text}",
            () => fixture.App.Log.Contains(text, StringComparison.Ordinal),
            state: () => fixture.App.Log
        );
}
