using System.Buffers;
using System.Globalization;
using System.Net;

namespace Influence.Scoring.Facts;

/// <summary>Names of servers in their one form.</summary>
/// <remarks>Lower case, ASCII (IDNA), without the port that https has anyway.</remarks>
public static class HostName
{
    private const int Https = 443;

    private static readonly IdnMapping Idna = new() { AllowUnassigned = false };

    /// <summary>The form of a host, with its port where that is not 443; null for what is none.</summary>
    public static string? Bring(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (host, after) = colon < 0 ? (text, $"{Https}") : (text[..colon], text[(colon + 1)..]);
        if (
            after.Length > 5
            || !int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > 65535
        )
            return null;
        host = host.TrimEnd('.').ToLowerInvariant();
        if (
            host.Length is 0 or > 253
            || ToAscii(host) is not { } ascii
            || ascii.AsSpan().ContainsAnyExcept(Characters)
            || IsOddNumber(ascii)
        )
            return null;
        return port == Https ? ascii : string.Create(CultureInfo.InvariantCulture, $"{ascii}:{port}");
    }

    /// <summary>A web address and its host in that form; null for what is none, or names a user.</summary>
    public static (Uri Address, string Host)? In(string? address) =>
        address is not null
        && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme is "https" or "http"
        && uri.UserInfo.Length == 0
        && IdnOf(uri) is { Length: > 0 } idn
        && Bring(uri.IsDefaultPort ? idn : $"{idn}:{uri.Port}") is { } host
            ? (uri, host)
            : null;

    /// <summary>The host of a web address; null for what is none.</summary>
    /// <remarks>It tells people of one server from those of another.</remarks>
    public static string? Of(string? address) => In(address)?.Host;

    private static string? IdnOf(Uri uri)
    {
        try
        {
            return uri.IdnHost;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    private static string? ToAscii(string host)
    {
        // Hosts with '_' exist, though IDNA knows none: ASCII stands as it is.
        if (System.Text.Ascii.IsValid(host))
            return host;
        try
        {
            return Idna.GetAscii(host).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // 4, 0x7f.1 and 127.1 are written in many ways: of numbers only the four of an address are a host.
    private static bool IsOddNumber(string host) =>
        (host.StartsWith("0x", StringComparison.Ordinal) || !host.AsSpan(host.LastIndexOf('.') + 1).ContainsAnyExceptInRange('0', '9'))
        && !(IPAddress.TryParse(host, out var address) && address.ToString() == host);

    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_");
}
