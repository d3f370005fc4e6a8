using System.Text;

namespace Influence.Drills.Hostile;

/// <summary>Words that break what is careless with them: in paths, parameters, headers and bodies.</summary>
internal static class HostileTexts
{
    private static readonly string[] Texts =
    [
        "",
        " ",
        ".",
        "..",
        "../../../etc/passwd",
        "..\\..\\win.ini",
        "a:b",
        "github:ann",
        "t1:x/y",
        ":",
        "a:",
        ":b",
        "a:b:c",
        "%",
        "%2",
        "%zz",
        "%00",
        "%0a",
        "%0d%0aX-Broken: yes",
        "%2f",
        "%252F",
        "%2e%2e%2f",
        "%5c",
        "%c0%af",
        "%ed%a0%80",
        "%ff%fe",
        "%f0%9f%92%a9",
        "%u0041",
        "+",
        "&",
        "=",
        "a=b&c",
        "'",
        "' or 1 eq 1 or '",
        "\"",
        ";",
        "`id`",
        "$(id)",
        "{0}",
        "{{7*7}}",
        "<script>alert(1)</script>",
        "<!--",
        "]]>",
        "|",
        "a|b",
        "#",
        "\\",
        "?",
        "~",
        "*",
        "\u0000",
        "\u0001",
        "\u007f",
        "\u0085",
        "\u00a0",
        "\u200b",
        "\u202e",
        "\u2028",
        "\ufeff",
        "\ufffd",
        "\uffff",
        "é",
        "é",
        "ß",
        "İ",
        "ﬀ",
        "💩",
        "שלום",
        "日本語",
        "١٢٣",
        "０",
        "null",
        "undefined",
        "true",
        "NaN",
        "Infinity",
        "-Infinity",
        "0",
        "-0",
        "-1",
        "1",
        "1.5",
        "1e309",
        "1e-400",
        "0x10",
        "007",
        "2147483647",
        "2147483648",
        "9223372036854775807",
        "9223372036854775808",
        "99999999999999999999999",
        "latest",
        "global",
        "movers",
        "topic:",
        "network:",
        "0000-00-00",
        "2026-02-30",
        "9999-12-31",
        "10000-01-01",
        "0001-01-01",
        "2026-01-01T00:00:00Z",
        "1970-01-01",
        "AAAA",
        "====",
        "e30=",
        "eyJ9",
        "W10",
        "__proto__",
        "constructor",
        "con",
        "favicon.ico",
        ".env",
        "web.config",
        "index.html",
        "style.css",
        "en",
        "de",
        "xx",
        "a,b,c",
        ",,,,",
        "http://",
        "//evil.example",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://127.0.0.1:1/",
        "http://[::1",
        "flat",
        "flat-square",
    ];

    /// <summary>One of them, a longer one, one made of several, or random.</summary>
    public static string Text(this Random random) =>
        random.Next(12) switch
        {
            0 => Texts[random.Next(Texts.Length)] + Texts[random.Next(Texts.Length)],
            1 => string.Concat(Enumerable.Repeat(Texts[random.Next(Texts.Length)], random.Next(1, 200))),
            2 => new string((char)random.Next(1, 0x3000), random.Next(1, 3000)),
            3 => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)random.Next(0, 0x10000))),
            _ => Texts[random.Next(Texts.Length)],
        };

    /// <summary>A text as bytes: UTF-8, Latin 1, UTF-16 or broken UTF-8.</summary>
    public static byte[] Bytes(this Random random, string text)
    {
        var bytes = random.Next(8) switch
        {
            0 => Encoding.Latin1.GetBytes(text),
            1 => Encoding.Unicode.GetBytes(text),
            _ => Encoding.UTF8.GetBytes(text),
        };
        if (bytes.Length > 0 && random.Next(10) == 0)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(128, 256);
        return bytes;
    }

    /// <summary>A text without what would end a line of a request, as bytes; mostly what a server reads as text.</summary>
    public static byte[] LineBytes(this Random random, string text) =>
        random.Next(6) == 0
            ? [.. random.Bytes(text).Where(b => b is not ((byte)'\r' or (byte)'\n'))]
            : Encoding.UTF8.GetBytes(string.Concat(text.Where(c => c >= ' ' && !char.IsSurrogate(c))));

    /// <summary>A text as a path or a query holds it: mostly escaped, sometimes as it is.</summary>
    public static byte[] Escaped(this Random random, string text) =>
        random.Next(12) == 0
            ? [.. random.LineBytes(text).Where(b => b != (byte)' ')]
            : Encoding.ASCII.GetBytes(
                string.Concat(random.Bytes(text).Select(b => char.IsAsciiLetterOrDigit((char)b) ? $"{(char)b}" : $"%{b:x2}"))
            );

    /// <summary>One of several.</summary>
    public static T One<T>(this Random random, params ReadOnlySpan<T> values) => values[random.Next(values.Length)];
}
