using System.Security.Cryptography;

namespace Influence.Pages;

/// <summary>The site's stylesheet and script. Their names hold a hash of their content: they may be kept for ever.</summary>
public static class Assets
{
    private const int HashDigits = 8;

    /// <summary>The stylesheet.</summary>
    public static Asset Style { get; } = Read("site", "css", "text/css; charset=utf-8");

    /// <summary>The script: nothing on the pages needs it to be read or used.</summary>
    public static Asset Script { get; } = Read("site", "js", "text/javascript; charset=utf-8");

    /// <summary>The site's sign in a browser's tabs.</summary>
    /// <remarks>Without one browsers ask for <c>/favicon.ico</c>, also outside of the site's path.</remarks>
    public static Asset Icon { get; } = Read("site", "svg", "image/svg+xml");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Asset> All { get; } = [Style, Script, Icon];

    /// <summary>The asset of a name; null for none.</summary>
    public static Asset? Find(string name) => All.FirstOrDefault(a => a.Name == name);

    private static Asset Read(string name, string kind, string contentType)
    {
        using var resource = typeof(Assets).Assembly.GetManifestResourceStream($"{name}.{kind}")!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return new($"{name}.{Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashDigits]}.{kind}", contentType, bytes);
    }
}

/// <summary>A file that pages link to.</summary>
/// <param name="Name">Its name, with a hash of its content.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Bytes">Its content.</param>
public sealed record Asset(string Name, string ContentType, ReadOnlyMemory<byte> Bytes);
