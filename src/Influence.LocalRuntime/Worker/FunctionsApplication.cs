namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>The way in.</summary>
public class FunctionsApplication
{
    /// <summary>A builder with the app's settings read.</summary>
    /// <param name="args">Command line: <c>--urls http://localhost:7071</c> and any setting as <c>--Name value</c>.</param>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
