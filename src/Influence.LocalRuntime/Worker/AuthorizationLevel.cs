namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which key a caller must show; the numbers are the host's.</summary>
public enum AuthorizationLevel
{
    /// <summary>None.</summary>
    Anonymous = 0,

    /// <summary>A function key.</summary>
    Function = 2,

    /// <summary>The master key.</summary>
    Admin = 4,
}
