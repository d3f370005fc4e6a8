namespace Influence.Pipeline.Tests.Storage;

[Collection(AzuriteCollection.Name)]
public sealed class AwkwardIdTests(TestAzurite azurite)
{
    private static readonly string[] Ids =
    [
        "a/b",
        "a\\b",
        "a#b",
        "a?b",
        "a%2Fb",
        "a=2Fb",
        "%",
        "'",
        "a'b''c",
        "|",
        "é",
        "🦊🦊",
        "مرحبا",
        "A",
        "\u05E9\u05DC\u05D5\u05DD",
        "@a",
        "a+b",
        "\u00F1\u0303",
        "\u4E2D\u6587",
        "\uD83C\uDDE9\uD83C\uDDEA",
        "a",
        "did:plc:abc",
        "..",
        ".",
        "<x/>",
        "&amp;",
        string.Concat(Enumerable.Repeat("🦊", 128)),
        new string('/', 256),
        new string('/', 255) + "\\",
    ];

    [Fact]
    public async Task Accounts_of_any_text_keep_apart_from_the_door_to_the_score_card()
    {
        await using var app = new App(azurite);
        // Account i gets i + 1 people, themselves with awkward names: no two accounts have the same score.
        Interaction[] items =
        [
            .. Ids.SelectMany((id, i) => Enumerable.Range(0, i + 1).Select(n => app.Share($"net:{Ids[n % 20]}{n}", $"net:{id}"))),
        ];
        await app.SendAsync(items);
        await app.DrainAsync();
        for (var i = 0; i < Ids.Length; i++)
        {
            var card = await app.CardAsync($"net:{Ids[i]}");
            Assert.Equal($"net:{Ids[i]}", card!.Id);
            Assert.Equal(i + 1, card.Coverage.People);
        }

        var world = new World(await app.Deployment.KeysAsync(default), app.Now);
        world.Apply(items);
        await world.AssertStoredAsync(app);
    }

    [Fact]
    public async Task A_board_ranks_accounts_of_any_text()
    {
        await using var app = new App(azurite);
        await app.SendAsync(Ids.Select(id => app.Share("net:fan", $"net:{id}")));
        await app.DrainAsync();
        await app.PublishAsync();
        var page = await app.Get<BoardQueries>().FindAsync("global", null, 1000, 0, default);
        Assert.Equal(Ids.Select(id => AccountId.Parse($"net:{id}")).Order().Select(a => a.Value), page!.Rows.Select(r => r.Id));
    }
}
