using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds middleware by its type.</summary>
public static class MiddlewareWorkerApplicationBuilderExtensions
{
    /// <summary>Puts a middleware around every run.</summary>
    /// <typeparam name="T">The middleware; one instance serves all runs.</typeparam>
    /// <param name="builder">The app's builder.</param>
    public static IFunctionsWorkerApplicationBuilder UseMiddleware<T>(this IFunctionsWorkerApplicationBuilder builder)
        where T : class, IFunctionsWorkerMiddleware
    {
        builder.Services.AddSingleton<T>();
        return builder.Use(next => context => context.InstanceServices.GetRequiredService<T>().Invoke(context, next));
    }
}
