using Xunit.Abstractions;

namespace Influence.Browser.Tests;

[Collection(SiteCollection.Name)]
public sealed class WireTests(SiteFixture site, ITestOutputHelper output)
{
    private const int Most = 60 * 1024;

    public static TheoryData<string> Pages => ["/", Addresses.Board(People.Board), Addresses.Profile(People.Profile), Addresses.How];

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public Task A_page_with_all_it_needs_is_small_on_the_wire(string path) =>
        site.ReadAsync(async reader =>
        {
            var responses = new List<IResponse>();
            reader.Page.Response += (_, r) => responses.Add(r);
            await reader.GoAsync(path);
            var sum = 0;
            foreach (var response in responses)
            {
                var (sizes, headers) = (await response.Request.SizesAsync(), await response.AllHeadersAsync());
                output.WriteLine($"{response.Url}: {sizes.ResponseBodySize} bytes, {headers.GetValueOrDefault("content-encoding")}");
                sum += sizes.ResponseBodySize;
            }

            output.WriteLine($"{path}: {sum} bytes in {responses.Count} answers");
            // The page, its stylesheet and its script.
            Assert.Equal(3, responses.Count);
            Assert.InRange(sum, 1, Most);
        });
}
