using Azure.Data.Tables;

namespace InfluenceFunctions.Tests.Settings;

/// <summary>Tables that another version of the app has made: this one ends, and says what to do.</summary>
public sealed class ForeignTablesTests(Influence.Tests.TestAzurite azurite) : IClassFixture<Influence.Tests.TestAzurite>
{
    [Theory]
    [InlineData("Old", 1, "give the setting Influence__TablePrefix another value, or delete the tables.")]
    [InlineData("New", 99, "The tables are of a later version of this app: their layout is 99")]
    public async Task The_app_ends_with_a_sentence(string prefix, int layout, string sentence)
    {
        var accounts = new TableClient(azurite.ConnectionString, $"{prefix}Accounts");
        await accounts.CreateAsync();
        await accounts.AddEntityAsync(new TableEntity("deployment", "keys") { ["LayoutVersion"] = layout });
        var said = await RefusedApp.SaysAsync(
            RunningApp.Folder,
            "http://127.0.0.1:0",
            ("AzureWebJobsStorage", azurite.ConnectionString),
            ("Influence__TablePrefix", prefix)
        );
        // The last line is that of its standard error.
        Assert.Contains(sentence, said.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }
}
