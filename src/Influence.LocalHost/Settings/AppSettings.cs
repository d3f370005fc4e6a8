namespace Influence.LocalHost.Settings;

/// <summary>What the worker gets besides this process's own environment: the values of local.settings.json, as Core Tools pass them.</summary>
internal sealed record AppSettings(IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Those that the environment does not set itself.</summary>
    public Dictionary<string, string> ForWorker() =>
        Values.Where(v => Environment.GetEnvironmentVariable(v.Key) is null).ToDictionary(StringComparer.Ordinal);
}
