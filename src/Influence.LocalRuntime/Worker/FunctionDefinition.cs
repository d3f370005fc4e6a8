namespace Microsoft.Azure.Functions.Worker;

/// <summary>A function of the app.</summary>
public abstract class FunctionDefinition
{
    /// <summary>Its name.</summary>
    public abstract string Name { get; }
}
