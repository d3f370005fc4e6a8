using System.Text.Json;
using Influence.Scoring;

namespace Influence.Connectors;

/// <summary>
/// An activity or object of ActivityStreams 2.0, where almost anything may be a text, an object or an array: a type can be several, an actor or
/// object an address or the thing itself.
/// </summary>
internal readonly record struct ActivityNode(JsonElement Json)
{
    private static readonly string[] Public = ["https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"];

    /// <summary>Its address.</summary>
    public string? Id => Json.ValueKind == JsonValueKind.String ? Json.Text() : Json.Text("id") ?? Json.Text("@id");

    /// <summary>Whether it is more than an address.</summary>
    public bool IsObject => Json.ValueKind == JsonValueKind.Object;

    /// <summary>When it was published.</summary>
    public long? Moment => Json.Moment("published");

    /// <summary>Whether everybody may see it; what says nothing of its addressees was shortened on the way.</summary>
    public bool IsPublic
    {
        get
        {
            var to = Json.Get("to").Each().Concat(Json.Get("cc").Each()).Select(a => a.Text() ?? a.Text("id")).ToArray();
            return to.Length == 0 || to.Any(a => Public.Contains(a));
        }
    }

    /// <summary>The hashtags among its tags.</summary>
    public IEnumerable<string?> Hashtags => Tags("Hashtag").Select(t => t.Text("name"));

    /// <summary>The addresses of the people it names, each once.</summary>
    public IEnumerable<string> Mentioned => Tags("Mention").Select(t => t.Text("href")).OfType<string>().Distinct(StringComparer.Ordinal).Take(Mentions.Max);

    /// <summary>The first of its types that is known, else the first; without what a context puts in front.</summary>
    public string? Type(string[] known)
    {
        var types = (Json.Get("type") is { ValueKind: not JsonValueKind.Undefined } type ? type : Json.Get("@type")).Each()
            .Select(t => t.Text()).OfType<string>().Select(t => t[(t.LastIndexOfAny(['#', ':']) + 1)..]).ToArray();
        return types.FirstOrDefault(known.Contains) ?? types.FirstOrDefault();
    }

    /// <summary>The first of what a field holds, as a node.</summary>
    public ActivityNode Node(string field)
    {
        var value = Json.Get(field);
        return new(value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().FirstOrDefault() : value);
    }

    /// <summary>The address of what a field holds.</summary>
    public string? Reference(string field) => Node(field).Id;

    /// <summary>Who wrote what a field holds, as far as that can be told.</summary>
    public string? AuthorOf(string field)
    {
        var written = Node(field);
        return written.Reference("attributedTo") ?? written.Reference("actor") ?? AuthorOfAddress(written.Id);
    }

    /// <summary>The account of an actor, by its address.</summary>
    public static AccountId? Account(string? actor) =>
        Instance(actor) is not null && AccountId.TryParse($"fediverse:{actor![(actor.IndexOf("://", StringComparison.Ordinal) + 3)..]}", out var id) ? id : null;

    /// <summary>The host of an address; null for what is no address of the web.</summary>
    public static string? Instance(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) && uri.Host.Length > 0 ? uri.IdnHost : null;

    // Mastodon's …/users/name/statuses/1 and …/ap/users/1/statuses/1, and those who do likewise.
    private static string? AuthorOfAddress(string? address)
    {
        var end = address?.IndexOf("/statuses/", StringComparison.Ordinal) ?? -1;
        return end > 0 && address!.AsSpan(0, end).Contains("/users/", StringComparison.Ordinal) ? address[..end] : null;
    }

    private IEnumerable<JsonElement> Tags(string type) => Json.Get("tag").Each().Where(t => t.Get("type").Each().Any(x => x.Text() == type));
}
