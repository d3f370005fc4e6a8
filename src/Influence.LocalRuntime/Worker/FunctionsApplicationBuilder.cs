using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Composes the app and, in <see cref="Build"/>, checks its functions.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware = [];
    private readonly WebApplicationBuilder inner;

    internal FunctionsApplicationBuilder(string[] args)
    {
        StartupErrors.Print();
        inner = LocalHost.CreateBuilder(args);
    }

    /// <inheritdoc/>
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)inner).Properties;

    /// <inheritdoc cref="IHostApplicationBuilder.Configuration"/>
    public ConfigurationManager Configuration => inner.Configuration;

    /// <inheritdoc/>
    public IHostEnvironment Environment => inner.Environment;

    /// <inheritdoc/>
    public ILoggingBuilder Logging => inner.Logging;

    /// <inheritdoc/>
    public IMetricsBuilder Metrics => inner.Metrics;

    /// <inheritdoc cref="IHostApplicationBuilder.Services"/>
    public IServiceCollection Services => inner.Services;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    internal IReadOnlyList<Type> FunctionTypes { get; set; } = Assembly.GetEntryAssembly()!.GetTypes();

    /// <inheritdoc/>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        this.middleware.Add(middleware);
        return this;
    }

    /// <inheritdoc/>
    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory,
        Action<TContainerBuilder>? configure = null
    )
        where TContainerBuilder : notnull => ((IHostApplicationBuilder)inner).ConfigureContainer(factory, configure);

    /// <summary>The app, ready to run.</summary>
    /// <exception cref="InvalidOperationException">A function cannot be served; the message names it.</exception>
    public IHost Build() => LocalHost.Build(inner, FunctionTypes, middleware);
}
