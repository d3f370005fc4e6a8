namespace Microsoft.Azure.Functions.Worker;

/// <summary>What came with the trigger.</summary>
public abstract class BindingContext
{
    /// <summary>Route values of a request; <c>Id</c>, <c>DequeueCount</c> and <c>InsertionTime</c> of a message.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
