using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace InfluenceFunctions.Tests.Samples;

/// <summary>One request of a <c>.http</c> file, as editors run it, titled with the status it ends in.</summary>
internal sealed partial record HttpFile(
    string Title,
    int Status,
    HttpMethod Method,
    string Url,
    IReadOnlyList<(string Name, string Value)> Headers,
    string Body
)
{
    public static IEnumerable<HttpFile> Read(string path, IReadOnlyDictionary<string, string> variables)
    {
        var text = Variable()
            .Replace(
                File.ReadAllText(path),
                v =>
                    v.Groups[1].Value == "$datetime iso8601"
                        ? DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
                        : variables[v.Groups[1].Value]
            );
        return text.Split("\n### ").Skip(1).Select(One);
    }

    public HttpRequestMessage ToRequest()
    {
        var request = new HttpRequestMessage(Method, Url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body)) };
        foreach (var (name, value) in Headers)
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static HttpFile One(string text)
    {
        var lines = text.Split('\n');
        var (title, start) = (lines[0].Split(" → "), lines[1].Split(' '));
        var blank = Array.IndexOf(lines, "");
        var headers = lines[2..(blank < 0 ? lines.Length : blank)].Select(l => l.Split(": ", 2)).Select(h => (h[0], h[1])).ToArray();
        return new HttpFile(
            title[0],
            int.Parse(title[1], CultureInfo.InvariantCulture),
            new HttpMethod(start[0]),
            start[1],
            headers,
            blank < 0 ? "" : string.Join('\n', lines[(blank + 1)..]).TrimEnd('\n')
        );
    }

    [GeneratedRegex(@"\{\{([^}]+)\}\}", RegexOptions.NonBacktracking)]
    private static partial Regex Variable();
}
