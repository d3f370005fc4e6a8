using Azure.Identity;
using Influence.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline.Tests.Storage;

public sealed class StorageSettingsTests
{
    private const string Key = "c2VjcmV0LWtleS1vZi10aGUtdGVzdHM=";
    private const string Connection = $"DefaultEndpointsProtocol=https;AccountName=a;AccountKey={Key};EndpointSuffix=core.windows.net";
    private const string Client = "11111111-2222-3333-4444-555555555555";

    [Fact]
    public void A_connection_string_stands_alone()
    {
        var settings = Read(("", Connection));
        Assert.Equal((Connection, null, null), (settings.ConnectionString, settings.Queues, settings.Credential));
    }

    [Fact]
    public void Addresses_follow_from_the_name_of_the_account()
    {
        var settings = Read(("accountName", "people1"));
        Assert.Equal("https://people1.blob.core.windows.net/", settings.Blobs!.ToString());
        Assert.Equal("https://people1.queue.core.windows.net/", settings.Queues!.ToString());
        Assert.Equal("https://people1.table.core.windows.net/", settings.Tables!.ToString());
        Assert.Null(settings.ConnectionString);
    }

    [Fact]
    public void A_given_address_wins_over_the_derived_one()
    {
        var settings = Read(("accountName", "people1"), ("tableServiceUri", "https://people1.table.cosmos.example/"));
        Assert.Equal("https://people1.table.cosmos.example/", settings.Tables!.ToString());
        Assert.Equal("https://people1.queue.core.windows.net/", settings.Queues!.ToString());
    }

    [Fact]
    public void Three_addresses_are_enough() => Assert.NotNull(Read(Addresses()).Credential);

    [Theory]
    [InlineData(null, null, typeof(DefaultAzureCredential))]
    [InlineData("managedidentity", null, typeof(ManagedIdentityCredential))]
    [InlineData("ManagedIdentity", Client, typeof(ManagedIdentityCredential))]
    public void The_credential_says_which_identity(string? credential, string? client, Type type) =>
        Assert.IsType(type, Read(("accountName", "people1"), ("credential", credential), ("clientId", client)).Credential);

    [Fact]
    public void Nothing_at_all_is_refused() => Refused("'AzureWebJobsStorage' is not set");

    [Theory]
    [InlineData("accountName", "people1")]
    [InlineData("credential", "managedidentity")]
    [InlineData("clientId", Client)]
    [InlineData("blobServiceUri", "https://a.blob.example")]
    [InlineData("queueServiceUri", "https://a.queue.example")]
    [InlineData("tableServiceUri", "https://a.table.example")]
    public void Both_ways_at_once_are_refused(string part, string value) =>
        Refused($"'AzureWebJobsStorage__{part}'", ("", Connection), (part, value));

    // Every set of addresses that is neither empty nor whole names one that is missing.
    [Theory]
    [InlineData("blob", "queue")]
    [InlineData("queue", "blob")]
    [InlineData("table", "blob")]
    [InlineData("blob,queue", "table")]
    [InlineData("blob,table", "queue")]
    [InlineData("queue,table", "blob")]
    public void Some_of_the_addresses_are_refused(string given, string missing) =>
        Refused(
            $"'AzureWebJobsStorage__{missing}ServiceUri' is not set",
            [.. Addresses().Where(a => given.Split(',').Any(g => a.Part == g + "ServiceUri"))]
        );

    [Theory]
    [InlineData("credential", "managedidentity")]
    [InlineData("clientId", Client)]
    public void An_identity_without_an_account_is_refused(string part, string value) =>
        Refused("'AzureWebJobsStorage__accountName'", (part, value));

    [Theory]
    [InlineData("not an address")]
    [InlineData("http://a.queue.example")]
    [InlineData("a.queue.example")]
    [InlineData("https://a.queue.example/?sv=2024&sig=secret-signature")]
    [InlineData("https://user:secret@a.queue.example/")]
    [InlineData("https://a.queue.example/#x")]
    public void A_malformed_address_is_refused_unquoted(string address)
    {
        var message = Refused("'AzureWebJobsStorage__queueServiceUri'", ("accountName", "people1"), ("queueServiceUri", address));
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("accountName", "Upper")]
    [InlineData("accountName", "ab")]
    [InlineData("accountName", "a.example.org/x")]
    [InlineData("accountName", "abcdefghijklmnopqrstuvwxy")]
    [InlineData("credential", "workloadidentity")]
    [InlineData("credential", "managed identity")]
    [InlineData("queueServiceUrl", "https://a.queue.example")]
    [InlineData("tenantId", "x")]
    public void A_wrong_value_or_an_unknown_name_is_refused(string part, string value)
    {
        (string, string?)[] settings = part == "accountName" ? [(part, value)] : [("accountName", "people1"), (part, value)];
        Refused($"'AzureWebJobsStorage__{part}'", settings);
    }

    [Theory]
    [InlineData(null, Client)]
    [InlineData("managedidentity", "not a guid")]
    public void A_client_id_needs_a_managed_identity(string? credential, string client) =>
        Refused("'AzureWebJobsStorage__clientId'", ("accountName", "people1"), ("credential", credential), ("clientId", client));

    [Theory]
    [InlineData("not a connection string")]
    [InlineData($"AccountName=a;AccountKey={Key}!;EndpointSuffix=core.windows.net")]
    [InlineData($"DefaultEndpointsProtocol=https;AccountKey={Key}")]
    public void A_malformed_connection_string_is_refused_unquoted(string text)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Connect(("", text)));
        Assert.Contains("'AzureWebJobsStorage'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_and_queues_are_those_of_the_account()
    {
        var connection = Connect(("accountName", "people1"), ("credential", "managedidentity"), ("clientId", Client));
        Assert.Equal("https://people1.table.core.windows.net/Accounts", connection.Table("Accounts").Uri.ToString());
        Assert.Equal("https://people1.queue.core.windows.net/interactions", connection.Queue("interactions").Uri.ToString());
    }

    private static (string Part, string? Value)[] Addresses() =>
        [
            ("blobServiceUri", "https://a.blob.example"),
            ("queueServiceUri", "https://a.queue.example"),
            ("tableServiceUri", "https://a.table.example"),
        ];

    private static string Refused(string names, params (string, string?)[] settings)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Read(settings));
        Assert.Contains(names, error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    private static StorageSettings Read(params (string Part, string? Value)[] settings) => StorageSettings.Read(Configuration(settings));

    private static StorageConnection Connect(params (string Part, string? Value)[] settings)
    {
        using var requests = new StorageRequests();
        return new StorageConnection(Configuration(settings), Options.Create(new InfluenceOptions()), requests);
    }

    private static IConfiguration Configuration((string Part, string? Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings.Select(s =>
                    KeyValuePair.Create(s.Part.Length == 0 ? StorageSettings.Setting : $"{StorageSettings.Setting}:{s.Part}", s.Value)
                )
            )
            .Build();
}
