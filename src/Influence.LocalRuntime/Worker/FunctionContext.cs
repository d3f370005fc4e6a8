namespace Microsoft.Azure.Functions.Worker;

/// <summary>One run of a function.</summary>
public abstract class FunctionContext
{
    /// <summary>Names this run.</summary>
    public abstract string InvocationId { get; }

    /// <summary>What came with the trigger.</summary>
    public abstract BindingContext BindingContext { get; }

    /// <summary>The services of this run.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>The function.</summary>
    public abstract FunctionDefinition FunctionDefinition { get; }
}
