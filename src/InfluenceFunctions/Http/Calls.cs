using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Http;

/// <summary>The app's HTTP calls, as the attributes of its functions say.</summary>
internal static class Calls
{
    private sealed record Call(string Function, string[] Methods, AuthorizationLevel Level, RoutePattern Route);

    private static readonly Call[] All =
    [
        .. typeof(Calls)
            .Assembly.GetTypes()
            .SelectMany(t => t.GetMethods())
            .Select(m => (Method: m, m.GetCustomAttribute<FunctionAttribute>()?.Name))
            .Where(m => m.Name is not null and not nameof(WrongCall))
            .Select(m => (m.Name, Http: m.Method.GetParameters()[0].GetCustomAttribute<HttpTriggerAttribute>()))
            .Where(m => m.Http is not null)
            .Select(m => new Call(m.Name!, [.. m.Http!.Methods!], m.Http.AuthLevel, RoutePatternFactory.Parse(m.Http.Route!))),
    ];

    /// <summary>The functions that anybody may read: those that answer HEAD without a key.</summary>
    public static FrozenSet<string> PublicReads { get; } = All.Where(IsPublicRead).Select(c => c.Function).ToFrozenSet();

    /// <summary>The functions that need a key: writers' and operators'.</summary>
    public static FrozenSet<string> Keyed { get; } =
        All.Where(c => c.Level != AuthorizationLevel.Anonymous).Select(c => c.Function).ToFrozenSet();

    /// <summary>The methods that an address answers, and whether anybody may read it; none for an unknown address.</summary>
    /// <param name="path">The path, as the host hands it over.</param>
    public static (IReadOnlyList<string> Methods, bool IsPublicRead) Of(PathString path)
    {
        var segments = (path.Value ?? "").Trim('/').Split('/');
        // Pages are the host's own 404 where no function has the address or the method.
        var calls = All.Where(c => c.Route.RawText!.StartsWith("api/", StringComparison.Ordinal) && IsOf(segments, c.Route)).ToList();
        var methods = calls.SelectMany(c => c.Methods).Select(m => m.ToUpperInvariant()).Distinct();
        return ([.. methods.Order(StringComparer.Ordinal)], calls.Any(IsPublicRead));
    }

    private static bool IsPublicRead(Call call) => call.Level == AuthorizationLevel.Anonymous && call.Methods.Contains("head");

    private static bool IsOf(string[] path, RoutePattern route) =>
        path.Length == route.PathSegments.Count
        && path.Zip(route.PathSegments)
            .All(s =>
                s.Second.Parts is not [RoutePatternLiteralPart literal]
                    ? s.First.Length > 0
                    : s.First.Equals(literal.Content, StringComparison.OrdinalIgnoreCase)
            );
}
