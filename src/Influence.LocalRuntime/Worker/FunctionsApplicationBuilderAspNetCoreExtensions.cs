namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Lets functions take ASP.NET Core's requests and give its results.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Serves HTTP functions by ASP.NET Core, which here is so in any case.</summary>
    /// <param name="builder">The app's builder.</param>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder) => builder;
}
