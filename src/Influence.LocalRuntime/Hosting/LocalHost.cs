using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Influence.LocalRuntime.Hosting;

/// <summary>Composes the runtime: settings, storage, functions, listeners, HTTP.</summary>
internal static class LocalHost
{
    public const string DefaultUrl = "http://localhost:7071";

    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        LocalSettings.AddTo(builder.Configuration, Path.Combine(AppContext.BaseDirectory, "local.settings.json"));
        builder.WebHost.UseUrls(builder.Configuration["urls"] ?? DefaultUrl);
        builder.Services.AddOptions<RuntimeOptions>().BindConfiguration(RuntimeOptions.Section);
        builder
            .Services.AddOptions<HostOptions>()
            .Configure<IOptions<RuntimeOptions>>(
                (host, runtime) =>
                {
                    // HTTP and queues at the same time: each has the whole patience, and a moment to give back what it abandoned.
                    host.ServicesStopConcurrently = true;
                    host.ShutdownTimeout = runtime.Value.StopPatience + TimeSpan.FromSeconds(1);
                }
            );
        builder.Logging.AddSimpleConsole(o => o.SingleLine = true);
        builder
            .Logging.AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information)
            .AddFilter("Azure", LogLevel.Warning);
        return builder;
    }

    public static IHost Build(
        WebApplicationBuilder builder,
        IReadOnlyList<Type> types,
        IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware
    )
    {
        var services = builder.Services;
        services.AddSingleton(FunctionIndex.Of(types, builder.Configuration));
        services.AddSingleton(ReadHostJson(Path.Combine(AppContext.BaseDirectory, "host.json"), builder.Configuration));
        services.TryAddSingleton(TimeProvider.System);
        // The source of chance; whoever needs it takes a Random.
#pragma warning disable RS0030
        services.TryAddSingleton(Random.Shared);
#pragma warning restore RS0030
        services.AddSingleton(s => new FunctionInvoker(s.GetRequiredService<IServiceScopeFactory>(), middleware));
        services.AddSingleton(new WebJobsStorage(builder.Configuration));
        services.AddSingleton<FunctionKeys>().AddSingleton<HttpFunctions>().AddSingleton<AdminEndpoint>();
        services.AddSingleton<LoopTurns>().AddSingleton<LoopFactory>().AddSingleton<BackgroundWork>();
        services.AddSingleton(s => new TimerStatusStore(s.GetRequiredService<WebJobsStorage>().Container(TimerStatusStore.Container)));
        // In this order: a port that is taken is told before storage is started, and both before anything uses them.
        services
            .AddHostedService<ListenCheck>()
            .AddHostedService<LocalStorage>()
            .AddHostedService(s => s.GetRequiredService<BackgroundWork>())
            .AddHostedService<QueuePump>()
            .AddHostedService<TimerPump>()
            .AddHostedService<ParentWatch>()
            .AddHostedService<StartupReport>();

        // What keeps the app from starting is told in a sentence by StartupErrors; the host would log it with its stack besides.
        var hasStarted = false;
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => hasStarted && level >= LogLevel.Warning);

        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => hasStarted = true);
        app.Services.GetService<IStartupValidator>()?.Validate();
        app.Services.GetRequiredService<HttpFunctions>().Map(app);
        app.Services.GetRequiredService<AdminEndpoint>().Map(app);
        return app;
    }

    /// <summary>host.json, and settings over it, as <c>AzureFunctionsJobHost__extensions__queues__batchSize</c>.</summary>
    /// <exception cref="OptionsValidationException">A value is out of the host's range.</exception>
    internal static HostJson ReadHostJson(string path, IConfiguration configuration)
    {
        var settings =
            new ConfigurationBuilder()
                .AddJsonFile(path, optional: true)
                .AddConfiguration(configuration.GetSection("AzureFunctionsJobHost"))
                .Build()
                .Get<HostJson>()
            ?? new HostJson();
        var result = new HostJsonValidator().Validate("host.json", settings);
        return result.Failed ? throw new OptionsValidationException("host.json", typeof(HostJson), result.Failures) : settings;
    }
}
