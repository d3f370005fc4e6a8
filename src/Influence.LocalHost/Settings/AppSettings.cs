using Microsoft.Extensions.Configuration;

namespace Influence.LocalHost.Settings;

/// <summary>What the worker gets besides this process's own environment.</summary>
/// <param name="File">The values of local.settings.json, as Core Tools pass them: those that the environment does not set itself.</param>
/// <param name="CommandLine">The settings of the command line, over all others.</param>
internal sealed record AppSettings(IReadOnlyDictionary<string, string> File, string[] CommandLine)
{
    /// <summary>Names as the environment writes them, with <c>__</c> for <c>:</c>.</summary>
    public Dictionary<string, string> ForWorker()
    {
        var environment = Environment.GetEnvironmentVariables().Keys.Cast<string>().ToList();
        var settings = File.Where(v => !environment.Any(e => IsSame(e, v.Key)))
            .ToDictionary(v => Written(v.Key), v => v.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in new ConfigurationBuilder().AddCommandLine(CommandLine).Build().AsEnumerable())
            if (value is not null)
                settings[Written(name)] = value;
        return settings;
    }

    /// <summary>Whether two names are the same setting: <c>:</c> and <c>__</c> are, and so are cases.</summary>
    public static bool IsSame(string one, string other) => Written(one).Equals(Written(other), StringComparison.OrdinalIgnoreCase);

    private static string Written(string name) => name.Replace(":", "__", StringComparison.Ordinal);
}
