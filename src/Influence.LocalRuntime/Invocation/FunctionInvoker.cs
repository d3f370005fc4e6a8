using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace Influence.LocalRuntime.Invocation;

/// <summary>Runs functions: a scope of services for each run, the middleware around it.</summary>
internal sealed class FunctionInvoker
{
    private readonly IServiceScopeFactory scopes;
    private readonly FunctionExecutionDelegate pipeline;

    public FunctionInvoker(IServiceScopeFactory scopes, IEnumerable<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware)
    {
        this.scopes = scopes;
        pipeline = middleware.Reverse().Aggregate((FunctionExecutionDelegate)RunAsync, (next, outer) => outer(next));
    }

    /// <summary>Runs a function once; what it throws comes out.</summary>
    /// <returns>What it returned; null for nothing.</returns>
    public async Task<object?> InvokeAsync(
        FunctionEntry function,
        object trigger,
        IReadOnlyDictionary<string, object?> data,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = new LocalFunctionContext(function, trigger, data, scope.ServiceProvider, cancellationToken);
        await pipeline(context);
        return context.Result.Value;
    }

    private static async Task RunAsync(FunctionContext functionContext)
    {
        var context = (LocalFunctionContext)functionContext;
        var method = context.Function.Method;
        var instance = method.IsStatic ? null : ActivatorUtilities.CreateInstance(context.InstanceServices, method.DeclaringType!);
        var returned = method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, context.Arguments(), null);
        if (returned is Task task)
        {
            await task;
            // A plain Task is at run time a Task of a private nothing, so the method's own type decides.
            returned = method.ReturnType.IsGenericType ? task.GetType().GetProperty(nameof(Task<object>.Result))!.GetValue(task) : null;
        }

        context.Result.Value = returned;
    }
}
