using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace InfluenceFunctions.Tests.Http;

/// <summary>
/// A function takes only parameters that a caller cannot fill. The host offers query values and the properties of a JSON body or message to
/// every parameter by its name, and the worker then tries to make the parameter's type of that text: <c>?stop=1</c> breaks a function that
/// takes a <c>CancellationToken stop</c>. So these are allowed: the trigger, route values, which win, and the FunctionContext, whose
/// converter is asked first.
/// </summary>
public sealed class ParameterTests
{
    public static TheoryData<string> Functions => [.. Methods().Keys];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_takes_its_trigger_route_values_and_context_alone(string name)
    {
        var parameters = Methods()[name].GetParameters();
        var trigger = parameters.Single(p =>
            p.GetCustomAttributes().Any(a => a.GetType().Name.EndsWith("TriggerAttribute", StringComparison.Ordinal))
        );
        var http = trigger.GetCustomAttribute<HttpTriggerAttribute>();
        Assert.Equal(ExpectedType(trigger), trigger.ParameterType);
        string[] routeValues = http is null ? [] : [.. RoutePatternFactory.Parse(http.Route!).Parameters.Select(p => p.Name)];
        Assert.All(
            parameters.Where(p => p != trigger),
            p =>
                Assert.True(
                    p.ParameterType == typeof(FunctionContext) || (p.ParameterType == typeof(string) && routeValues.Contains(p.Name)),
                    $"{name} takes '{p.Name}', a {p.ParameterType.Name}, which a caller could fill"
                )
        );
    }

    [Fact]
    public void Http_functions_return_results_that_middleware_can_replace() =>
        Assert.All(
            Methods().Values.Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(HttpRequest))),
            m => Assert.Contains(m.ReturnType, new[] { typeof(Task<IActionResult>), typeof(IActionResult) })
        );

    [Fact]
    public void Nothing_reads_binding_data() =>
        Assert.All(
            Directory
                .EnumerateFiles(Path.Combine(TestAzurite.Root, "src"), "*.cs", SearchOption.AllDirectories)
                .Where(f => !f.Contains("Influence.LocalHost", StringComparison.Ordinal)),
            f => Assert.DoesNotContain("BindingData", File.ReadAllText(f), StringComparison.Ordinal)
        );

    private static Type ExpectedType(ParameterInfo trigger) =>
        trigger.IsDefined(typeof(HttpTriggerAttribute)) ? typeof(HttpRequest)
        : trigger.IsDefined(typeof(QueueTriggerAttribute)) ? typeof(string)
        : typeof(TimerInfo);

    private static SortedDictionary<string, MethodInfo> Methods() =>
        new(
            typeof(GetHealth)
                .Assembly.GetTypes()
                .SelectMany(t => t.GetMethods())
                .Where(m => m.IsDefined(typeof(FunctionAttribute)))
                .ToDictionary(m => m.GetCustomAttribute<FunctionAttribute>()!.Name)
        );
}
