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
        var settings = File.Where(v => Environment.GetEnvironmentVariable(v.Key) is null).ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in new ConfigurationBuilder().AddCommandLine(CommandLine).Build().AsEnumerable())
            if (value is not null)
                settings[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return settings;
    }
}
