using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml.Linq;

namespace InfluenceFunctions.OpenApi;

/// <summary>The doc comments of the contracts as descriptions, in Markdown.</summary>
/// <remarks>The compiler's XML file of Influence.Contracts is a resource of this assembly.</remarks>
internal sealed class XmlDocs
{
    private const string Resource = "Influence.Contracts.xml";

    private readonly Dictionary<string, XElement> members;

    public XmlDocs()
    {
        using var file = typeof(XmlDocs).Assembly.GetManifestResourceStream(Resource)!;
        members = XDocument.Load(file).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal);
    }

    /// <summary>What a type is.</summary>
    public string? Of(Type type) =>
        Find($"T:{type.FullName}") is { } member ? Join(member.Element("summary"), member.Element("remarks")) : null;

    /// <summary>What a value of an enumeration is.</summary>
    public string? OfValue(Type type, string name) => Text(Find($"F:{type.FullName}.{name}")?.Element("summary"));

    /// <summary>What a property is: its own comment, or that of the parameter of the record.</summary>
    /// <param name="type">The record.</param>
    /// <param name="name">The property's name in JSON.</param>
    public string? Of(Type type, string name)
    {
        var property = type.GetProperties()
            .First(p =>
                (p.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(p.Name)) == name
            );
        return Find($"P:{type.FullName}.{property.Name}") is { } own
            ? Join(own.Element("summary"), own.Element("remarks"))
            : Text(Find($"T:{type.FullName}")?.Elements("param").FirstOrDefault(p => p.Attribute("name")!.Value == property.Name));
    }

    private XElement? Find(string name) => members.GetValueOrDefault(name);

    private static string? Join(params XElement?[] parts) =>
        string.Join(' ', parts.Select(Text).OfType<string>()) is { Length: > 0 } all ? all : null;

    private static string? Text(XElement? element)
    {
        if (element is null)
            return null;
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
            text.Append(
                node switch
                {
                    XText plain => plain.Value,
                    XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                    XElement { Name.LocalName: "paramref" } parameter => $"`{Camel(parameter.Attribute("name")!.Value)}`",
                    XElement { Name.LocalName: "see" } see => Reference(see.Attribute("cref")!.Value),
                    XElement other => Text(other),
                    _ => "",
                }
            );
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    // A constant is told by its value, all else by its name.
    private static string Reference(string cref)
    {
        var (path, name) = (cref[2..cref.LastIndexOf('.')], cref[(cref.LastIndexOf('.') + 1)..]);
        return cref[0] switch
        {
            'F' => string.Create(
                CultureInfo.InvariantCulture,
                $"{typeof(ScoreCard).Assembly.GetType(path)?.GetField(name)?.GetRawConstantValue() ?? name:N0}"
            ),
            'P' => $"`{Camel(name)}`",
            _ => name,
        };
    }

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
