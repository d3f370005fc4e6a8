using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Influence.LocalRuntime.Invocation;

/// <summary>One run of a function here.</summary>
internal sealed class LocalFunctionContext(
    FunctionEntry function,
    object trigger,
    IReadOnlyDictionary<string, object?> data,
    IServiceProvider services,
    CancellationToken cancellationToken
) : FunctionContext
{
    public override string InvocationId { get; } = Guid.CreateVersion7().ToString();

    public override FunctionDefinition FunctionDefinition => function;

    public override BindingContext BindingContext { get; } = new Data(data);

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override IDictionary<object, object> Items { get; set; } =
        trigger is HttpRequest request
            ? new Dictionary<object, object> { [FunctionContextExtensions.HttpContextKey] = request.HttpContext }
            : new Dictionary<object, object>();

    public override CancellationToken CancellationToken => cancellationToken;

    public FunctionEntry Function => function;

    public InvocationResult Result { get; } = new Returned();

    /// <summary>The arguments in the method's order: its trigger, its context, its token, and binding data by name.</summary>
    /// <exception cref="InvalidOperationException">The caller sent something by the name of a token.</exception>
    public object?[] Arguments() => [.. function.Method.GetParameters().Select(Argument)];

    private object? Argument(ParameterInfo parameter)
    {
        if (parameter == function.Trigger)
            return trigger;
        if (parameter.ParameterType == typeof(FunctionContext))
            return this;
        var offered = BindingContext.BindingData.GetValueOrDefault(parameter.Name!);
        if (parameter.ParameterType != typeof(CancellationToken))
            return offered;
        // The worker's JSON converter is asked before the one that knows of tokens, and fails.
        return offered is null
            ? cancellationToken
            : throw new InvalidOperationException($"What was sent as '{parameter.Name}' cannot be made a {nameof(CancellationToken)}.");
    }

    private sealed class Returned : InvocationResult
    {
        public override object? Value { get; set; }
    }

    private sealed class Data(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => data;
    }
}
