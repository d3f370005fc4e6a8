namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>The rest of a run.</summary>
/// <param name="context">The run.</param>
public delegate Task FunctionExecutionDelegate(FunctionContext context);

/// <summary>Code around every run.</summary>
public interface IFunctionsWorkerMiddleware
{
    /// <summary>Does its part and calls <paramref name="next"/>.</summary>
    /// <param name="context">The run.</param>
    /// <param name="next">The rest of it.</param>
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}
