using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Influence.LocalHost.Settings;

/// <summary>Puts settings in the place of <c>%Name%</c>, as the host does in attributes.</summary>
internal static partial class SettingNames
{
    /// <exception cref="FunctionIndexException">A setting is not set; the message names the function and the setting.</exception>
    public static string Resolve(string text, string function, IConfiguration configuration) =>
        Placeholder()
            .Replace(
                text,
                match =>
                {
                    var name = match.Groups[1].Value;
                    return configuration[name] ?? throw new FunctionIndexException(function, $"the setting '{name}' is not set");
                }
            );

    [GeneratedRegex("%([^%]+)%", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
