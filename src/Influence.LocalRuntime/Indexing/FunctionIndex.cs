using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Influence.LocalRuntime.Indexing;

/// <summary>The functions of an app, found by their attributes and checked.</summary>
internal sealed class FunctionIndex
{
    private FunctionIndex(IReadOnlyList<FunctionEntry> functions) => Functions = functions;

    public IReadOnlyList<FunctionEntry> Functions { get; }

    /// <summary>Finds and checks the functions of an app's types.</summary>
    /// <exception cref="FunctionIndexException">One of them cannot be served.</exception>
    public static FunctionIndex Of(IEnumerable<Type> types, IConfiguration configuration)
    {
        var methods = types.SelectMany(t =>
            t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        );
        var functions = methods
            .Select(m => (Method: m, m.GetCustomAttribute<FunctionAttribute>()?.Name))
            .Where(f => f.Name is not null)
            .Select(f => Entry(f.Name!, f.Method, configuration))
            .OrderBy(f => f.Name, StringComparer.Ordinal)
            .ToList();
        CheckNames(functions);
        CheckRoutes([.. functions.OfType<HttpFunction>()]);
        return new FunctionIndex(functions);
    }

    private static FunctionEntry Entry(string name, MethodInfo method, IConfiguration configuration)
    {
        var (parameter, attribute) = TriggerOf.Method(name, method);
        FunctionEntry function = attribute switch
        {
            HttpTriggerAttribute http => new HttpFunction(
                name,
                method,
                parameter,
                http,
                SettingNames.Resolve(http.Route ?? name, name, configuration)
            ),
            QueueTriggerAttribute queue => new QueueFunction(
                name,
                method,
                parameter,
                SettingNames.Resolve(queue.QueueName, name, configuration)
            ),
            TimerTriggerAttribute timer => new TimerFunction(
                name,
                method,
                parameter,
                Cron(name, timer.Schedule, SettingNames.Resolve(timer.Schedule, name, configuration))
            ),
            _ => throw new FunctionIndexException(name, $"the binding '{attribute.GetType().Name}' is not known here"),
        };
        CheckParameters(function);
        return function;
    }

    private static NCrontab.CrontabSchedule Cron(string function, string text, string schedule) =>
        NCrontab.CrontabSchedule.TryParse(schedule, new NCrontab.CrontabSchedule.ParseOptions { IncludingSeconds = true })
        ?? throw new FunctionIndexException(
            function,
            $"its schedule '{schedule}'{(text == schedule ? "" : $", from the setting '{text.Trim('%')}',")} has not six fields "
                + "that make sense (second minute hour day month weekday)"
        );

    private static void CheckParameters(FunctionEntry function)
    {
        var expected = function switch
        {
            HttpFunction => typeof(HttpRequest),
            QueueFunction => typeof(string),
            _ => typeof(TimerInfo),
        };
        if (function.Trigger.ParameterType != expected)
            throw new FunctionIndexException(
                function.Name,
                $"its trigger parameter '{function.Trigger.Name}' is a {function.Trigger.ParameterType.Name}, not a {expected.Name}"
            );
        foreach (var parameter in function.Method.GetParameters().Where(p => p != function.Trigger))
        {
            if (parameter.ParameterType == typeof(CancellationToken) || parameter.ParameterType == typeof(FunctionContext))
                continue;
            if (parameter.ParameterType == typeof(string) && function is HttpFunction http && HasRouteValue(http.Route, parameter.Name!))
                continue;
            throw new FunctionIndexException(function.Name, $"nothing can be bound to its parameter '{parameter.Name}'");
        }
    }

    private static bool HasRouteValue(string route, string name) =>
        Microsoft
            .AspNetCore.Routing.Patterns.RoutePatternFactory.Parse(route)
            .Parameters.Any(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static void CheckNames(List<FunctionEntry> functions)
    {
        if (functions.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new FunctionIndexException(twice.Key, "another function has the same name");
    }

    private static void CheckRoutes(List<HttpFunction> functions)
    {
        var routes = functions.SelectMany(f => f.Methods.Select(m => (Function: f, Key: $"{m} {Shape(f.Route)}")));
        if (routes.GroupBy(r => r.Key, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new FunctionIndexException(
                twice.Last().Function.Name,
                $"'{twice.First().Function.Name}' has the same route, {twice.Key}"
            );
    }

    // Two templates that differ only in their parameters' names answer the same paths.
    private static string Shape(string route) => string.Join('/', route.Split('/').Select(s => s.StartsWith('{') ? "{}" : s));
}

/// <summary>A function that cannot be served; the message names it and says why.</summary>
internal sealed class FunctionIndexException(string function, string why)
    : InvalidOperationException($"The function '{function}' cannot be served: {why}.");
