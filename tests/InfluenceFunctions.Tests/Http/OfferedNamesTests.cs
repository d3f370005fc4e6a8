using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Http;

/// <summary>
/// What callers send is offered to functions by name: query values, properties of a body. None of it breaks a call or changes its meaning.
/// </summary>
[Collection(AppCollection.Name)]
public sealed class OfferedNamesTests(AppFixture fixture)
{
    private const string Names = "stop=1&id=n:other&request=x&context=y&message=z&cancellationToken=1&functionContext=1&timer=2";
    private readonly string net = Some.Network();

    [Fact]
    public async Task Query_values_by_the_names_of_parameters_change_nothing()
    {
        await fixture.App.PostInteractionsAsync(Some.Batch(Some.Interaction($"{net}:a", $"{net}:b")));
        await fixture.App.DrainAsync();
        var card = await fixture.App.Client.GetFromJsonAsync<JsonElement>($"/api/v1/profiles/{net}:b?{Names}");
        Assert.Equal($"{net}:b", card.GetProperty("id").GetString());
        foreach (var path in new[] { "/api/health", "/api/v1/policy", "/", "/how", $"/profiles/{net}:b" })
            Assert.Equal(HttpStatusCode.OK, (await fixture.App.Client.GetAsync($"{path}?{Names}")).StatusCode);
    }

    [Fact]
    public async Task Properties_of_a_body_by_the_names_of_parameters_break_no_call()
    {
        var metrics = new StringContent(
            """{"stop":1,"request":"x","context":{"a":1},"cancellationToken":true,"id":"x"}""",
            Encoding.UTF8,
            "application/json"
        );
        var answer = await fixture.App.Client.PostAsync("/api/v1/metrics", metrics);
        Assert.InRange((int)answer.StatusCode, 400, 422);
        Assert.NotEmpty((await answer.ProblemAsync()).Code);
    }

    [Fact]
    public async Task A_caller_who_sends_the_hosts_own_header_breaks_nothing()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/policy");
        request.Headers.Add("x-ms-invocation-id", "11111111-1111-1111-1111-111111111111");
        Assert.Equal(HttpStatusCode.OK, (await fixture.App.Client.SendAsync(request)).StatusCode);
    }
}
