using System.Text.Json.Nodes;

namespace Infra.Tests;

/// <summary>The app settings that infra/modules/app.bicep sets, each with the ARM expression of its value.</summary>
internal static class AppSettings
{
    public static Dictionary<string, string> Read()
    {
        var config = Template.Resources(Template.Module("app")).Single(r => (string)r["type"]! == "Microsoft.Web/sites/config");
        var expression = (string)config["properties"]!;
        var start = expression.IndexOf("createObject(", StringComparison.Ordinal) + "createObject(".Length;
        // Names and values by turns.
        return Arguments(expression[start..]).Chunk(2).ToDictionary(pair => pair[0].Trim('\''), pair => pair[1]);
    }

    /// <summary>What main.bicep gives to a module's parameters.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Given(string module) =>
        Template.Main["resources"]![module]!["properties"]!["parameters"]!
            .AsObject()
            .Select(p => KeyValuePair.Create(p.Key, ((JsonNode)p.Value!)["value"]!.ToString()));

    // Up to the parenthesis that ends them.
    private static IEnumerable<string> Arguments(string text)
    {
        var (depth, quoted, from) = (0, false, 0);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\'')
                quoted = !quoted;
            if (quoted)
                continue;
            if (depth == 0 && text[at] is (',' or ')'))
            {
                yield return text[from..at].Trim();
                from = at + 1;
                if (text[at] == ')')
                    yield break;
            }
            else if (text[at] == '(')
                depth++;
            else if (text[at] == ')')
                depth--;
        }
    }
}
