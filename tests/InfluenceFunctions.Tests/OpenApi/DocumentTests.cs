using System.Net;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace InfluenceFunctions.Tests.OpenApi;

/// <summary>The document itself: well-formed, the same every time, with examples that are as it says.</summary>
[Collection(AppCollection.Name)]
public sealed class DocumentTests(AppFixture fixture)
{
    private const string Address = "/api/openapi.json";

    private static readonly JsonObject Document = new DocumentBuilder().Build("https://influence.example");

    [Fact]
    public async Task It_is_read_again_without_an_error()
    {
        var response = await fixture.App.Client.GetAsync(Address);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        await using var body = await response.Content.ReadAsStreamAsync();
        var (read, found) = await OpenApiDocument.LoadAsync(body, "json");
        Assert.Empty(found!.Errors);
        Assert.Empty(found.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, found.SpecificationVersion);
        Assert.Equal(Catalogue.All.Select(c => c.Path).Distinct(), read!.Paths.Keys);
        Assert.Equal(fixture.App.Client.BaseAddress!.ToString().TrimEnd('/'), Assert.Single(read.Servers!).Url);
    }

    [Fact]
    public async Task It_is_the_same_bytes_every_time_but_for_the_address_of_the_server()
    {
        var first = await fixture.App.Client.GetStringAsync(Address);
        Assert.Equal(first, await fixture.App.Client.GetStringAsync(Address));
        Assert.Equal(new DocumentBuilder().Build("x").ToJsonString(), new DocumentBuilder().Build("x").ToJsonString());
        var request = new HttpRequestMessage(HttpMethod.Get, Address) { Headers = { Host = "scores.example" } };
        using var other = await fixture.App.Client.SendAsync(request);
        var here = fixture.App.Client.BaseAddress!.ToString().TrimEnd('/');
        Assert.Equal(
            first.Replace($"\"{here}\"", "\"http://scores.example\"", StringComparison.Ordinal),
            await other.Content.ReadAsStringAsync()
        );
    }

    [Fact]
    public void Every_field_group_and_parameter_is_described()
    {
        foreach (var (name, schema) in Document["components"]!["schemas"]!.AsObject())
        {
            Assert.False(string.IsNullOrEmpty(schema!["description"]?.GetValue<string>()), name);
            foreach (var (field, property) in schema["properties"]?.AsObject() ?? [])
                Assert.False(string.IsNullOrEmpty(property!["description"]?.GetValue<string>()), $"{name}.{field}");
        }
    }

    [Fact]
    public void The_refinements_are_of_fields_that_there_are()
    {
        var schemas = Document["components"]!["schemas"]!.AsObject();
        string[] fields = [.. schemas.SelectMany(s => (s.Value!["properties"]?.AsObject() ?? []).Select(p => $"{s.Key}.{p.Key}"))];
        Assert.All(Refinements.OfFields.Keys, k => Assert.Contains(fields, f => f == k || f.EndsWith($".{k}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_example_is_as_its_schema_says()
    {
        var (validator, count) = (new AnswerValidator(Document), 0);
        foreach (var (id, _, _, call) in AnswerValidator.CallsOf(Document))
        {
            var contents = call["responses"]!
                .AsObject()
                .Select(r => r.Value!["content"])
                .Append(call["requestBody"]?["content"])
                .OfType<JsonObject>()
                .SelectMany(c => c.Select(form => form.Value!.AsObject()));
            foreach (var content in contents.Concat(call["parameters"]?.AsArray().Select(p => p!.AsObject()) ?? []))
            {
                var examples = (content["examples"]?.AsObject() ?? []).Select(e => e.Value!["value"]).Append(content["example"]);
                foreach (var example in examples.OfType<JsonNode>())
                {
                    Assert.True(validator.Check(content["schema"]!, example) is [], $"{id}: {example.ToJsonString()}");
                    count++;
                }
            }
        }

        Assert.True(count > Catalogue.All.Count);
    }

    [Fact]
    public void Every_json_answer_that_succeeds_has_a_real_example()
    {
        var without = AnswerValidator
            .CallsOf(Document)
            .Where(c => c.Id != "getOpenApi")
            .SelectMany(c =>
                c.Call["responses"]!
                    .AsObject()
                    .Where(r => r.Key[0] == '2')
                    .Select(r => (c.Id, r.Key, Form: r.Value!["content"]?["application/json"]))
            )
            .Where(a => a.Form is not null && a.Form["example"] is null);
        Assert.Equal([], without.Select(a => $"{a.Id}.{a.Key}"));
    }

    [Fact]
    public async Task It_may_be_kept_and_is_asked_for_without_a_key()
    {
        using var client = fixture.App.NewClient(key: null);
        var response = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Address));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("public, max-age=300", response.Headers.CacheControl!.ToString());
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }
}
