namespace Microsoft.Azure.Functions.Worker;

/// <summary>What an invocation returned; middleware may put something else in its place.</summary>
/// <typeparam name="T">Its type.</typeparam>
public abstract class InvocationResult<T>
{
    /// <summary>The value returned; null for nothing.</summary>
    public abstract T? Value { get; set; }
}

/// <summary>What an invocation returned, of whatever type.</summary>
public abstract class InvocationResult : InvocationResult<object>;

/// <summary>What middleware can ask about an invocation.</summary>
public static class FunctionContextBindingFeatureExtensions
{
    /// <summary>The result of the invocation; an HTTP result set here is what the caller gets.</summary>
    /// <param name="context">The invocation.</param>
    public static InvocationResult GetInvocationResult(this FunctionContext context) => ((LocalFunctionContext)context).Result;
}
