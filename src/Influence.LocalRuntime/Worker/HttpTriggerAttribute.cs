using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function on an HTTP request.</summary>
/// <param name="authLevel">Which key the caller must show.</param>
/// <param name="methods">The methods it answers.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : TriggerBindingAttribute
{
    /// <summary>The path under the route prefix, an ASP.NET Core route template; the function's name if not given.</summary>
    public string? Route { get; set; }

    /// <summary>The methods it answers.</summary>
    public string[] Methods { get; } = methods;

    /// <summary>Which key the caller must show.</summary>
    public AuthorizationLevel AuthLevel { get; } = authLevel;
}
