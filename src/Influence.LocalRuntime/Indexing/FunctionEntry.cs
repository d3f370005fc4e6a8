using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Influence.LocalRuntime.Indexing;

/// <summary>A function found in the app.</summary>
internal abstract class FunctionEntry(string name, MethodInfo method, ParameterInfo trigger) : FunctionDefinition
{
    public override string Name => name;

    public MethodInfo Method => method;

    /// <summary>The parameter that takes what triggered it.</summary>
    public ParameterInfo Trigger => trigger;
}

internal sealed class HttpFunction(string name, MethodInfo method, ParameterInfo trigger, HttpTriggerAttribute attribute, string route)
    : FunctionEntry(name, method, trigger)
{
    public string Route => route;

    /// <summary>Whether a caller can fill one of its parameters by the query or the body.</summary>
    public bool TakesMoreThanItsRoute { get; } =
        method.GetParameters().Any(p => p != trigger && p.ParameterType != typeof(string) && p.ParameterType != typeof(FunctionContext));

    public AuthorizationLevel Level => attribute.AuthLevel;

    public IReadOnlyList<string> Methods { get; } = [.. attribute.Methods.Select(m => m.ToUpperInvariant())];
}

internal sealed class QueueFunction(string name, MethodInfo method, ParameterInfo trigger, string queue)
    : FunctionEntry(name, method, trigger)
{
    public string Queue => queue;
}

internal sealed class TimerFunction(string name, MethodInfo method, ParameterInfo trigger, NCrontab.CrontabSchedule schedule)
    : FunctionEntry(name, method, trigger)
{
    public NCrontab.CrontabSchedule Schedule => schedule;
}

internal static class TriggerOf
{
    /// <summary>The one trigger of a function's method.</summary>
    /// <exception cref="FunctionIndexException">It has none, or several.</exception>
    public static (ParameterInfo Parameter, TriggerBindingAttribute Attribute) Method(string function, MethodInfo method)
    {
        var triggers = method
            .GetParameters()
            .Select(p => (Parameter: p, Attribute: p.GetCustomAttribute<TriggerBindingAttribute>()!))
            .Where(t => t.Attribute is not null)
            .ToList();
        return triggers.Count == 1 ? triggers[0] : throw new FunctionIndexException(function, $"it has {triggers.Count} triggers, not one");
    }
}
