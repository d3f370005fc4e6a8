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
    public override string InvocationId { get; } = Guid.NewGuid().ToString();

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

    /// <summary>The arguments in the method's order: what triggered it, its context, its stop signal, and route values by name.</summary>
    public object?[] Arguments() =>
        [
            .. function
                .Method.GetParameters()
                .Select(p =>
                    p == function.Trigger ? trigger
                    : p.ParameterType == typeof(FunctionContext) ? this
                    : p.ParameterType == typeof(CancellationToken) ? cancellationToken
                    : BindingContext.BindingData.GetValueOrDefault(p.Name!)
                ),
        ];

    private sealed class Returned : InvocationResult
    {
        public override object? Value { get; set; }
    }

    private sealed class Data(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => data;
    }
}
