using Microsoft.Extensions.Configuration;

namespace Influence.LocalRuntime;

/// <summary>The host's own storage setting.</summary>
internal static class WebJobsStorage
{
    public const string Setting = "AzureWebJobsStorage";
    public const string Development = "UseDevelopmentStorage=true";

    /// <exception cref="InvalidOperationException">It is not set.</exception>
    public static string ConnectionString(IConfiguration configuration) =>
        configuration[Setting] is { Length: > 0 } value ? value : throw new InvalidOperationException($"The setting '{Setting}' is not set.");

    public static bool IsDevelopment(IConfiguration configuration) => configuration[Setting]?.Trim().TrimEnd(';').Equals(Development, StringComparison.OrdinalIgnoreCase) == true;
}
