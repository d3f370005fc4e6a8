using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InfluenceFunctions.Tests.Http;

[Collection(AppCollection.Name)]
public sealed class PathIdTests(AppFixture fixture)
{
    private static readonly string[] Parts = ["%", "25", "2F", "2f", "/", "%2F", "%252F", "a", " ", "é", "🎉", "%25"];

    [Theory]
    [InlineData("a%2Fb", "a/b")]
    [InlineData("a%2fb%2Fc", "a/b/c")]
    [InlineData("a%252Fb", "a%2Fb")]
    [InlineData("a%25252fb", "a%252fb")]
    [InlineData("100%", "100%")]
    [InlineData("%25%2F", "%25/")]
    [InlineData("%2", "%2")]
    public void An_escaped_slash_is_a_slash_and_one_escaped_twice_that_text(string routeValue, string id) =>
        Assert.Equal(id, PathId.Read(routeValue));

    [Fact]
    public void Every_id_comes_back_as_it_was_written() =>
        Gen.Int[0, Parts.Length - 1]
            .Select(i => Parts[i])
            .List[0, 12]
            .Select(string.Concat)
            .Sample(id => PathId.Read(AsTheHostDecodes(PathId.Write(id))) == id, iter: 20_000);

    [Theory]
    [InlineData("x%2Fy%2Fz%2Fw", "n:a%2Fb%2Fc%2Fd")]
    [InlineData("x", "n:a")]
    public async Task A_board_that_is_none_costs_as_many_requests_whatever_slashes_are_in_the_names(string board, string id)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["AzureWebJobsStorage"] = fixture.ConnectionString,
                    // No clear sign of a table that another test makes at this moment.
                    ["Influence:TablePrefix"] = Some.Network(),
                    ["Influence:QueuePrefix"] = Some.Network(),
                }
            )
            .Build();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddInfluence(configuration)
            .BuildServiceProvider();
        await services.GetRequiredService<Deployment>().KeysAsync(default);
        var (request, forms) = (new DefaultHttpContext().Request, services.GetRequiredService<AccountForms>());
        using var count = new StorageCount();
        await new GetLeaderboardAround(services.GetRequiredService<BoardQueries>(), forms).RunAsync(request, board, id);
        Assert.InRange(count.Total, 1, 2);
        var before = count.Total;
        await new GetLeaderboard(services.GetRequiredService<BoardQueries>(), new PublicUrl(configuration)).RunAsync(request, board);
        Assert.InRange(count.Total - before, 1, 2);
        before = count.Total;
        await new GetProfile(services.GetRequiredService<ProfileQueries>(), forms).RunAsync(request, id);
        Assert.InRange(count.Total - before, 1, 2);
    }

    // ASP.NET Core decodes a path but for escaped slashes, and the host hands that on.
    private static string AsTheHostDecodes(string segment) => string.Join("%2F", segment.Split("%2F").Select(Uri.UnescapeDataString));
}
