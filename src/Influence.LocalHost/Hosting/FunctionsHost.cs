using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Influence.LocalHost.Hosting;

/// <summary>Composes the host: settings, storage, worker, listeners, HTTP.</summary>
internal static class FunctionsHost
{
    public const string DefaultUrl = "http://localhost:7071";

    /// <exception cref="InvalidDataException">The app, or one of its files, cannot be read; the message says which.</exception>
    /// <exception cref="OptionsValidationException">A setting, or a value of host.json, is wrong.</exception>
    public static WebApplication Build(HostCommand command)
    {
        var app = WorkerApp.Read(command.App);
        var values = LocalSettings.Read(Path.Combine(app.Folder, "local.settings.json"));
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = command.Settings, ContentRootPath = app.Folder });
        LocalSettings.AddTo(builder.Configuration, values);
        builder.WebHost.ConfigureKestrel(k => WorkerForwarder.Limit(k.Limits));
        builder.WebHost.UseUrls(builder.Configuration["urls"] ?? DefaultUrl);
        var host = ReadHostJson(Path.Combine(app.Folder, "host.json"), builder.Configuration);
        AddLogging(builder.Logging, host);
        AddServices(builder.Services, builder.Configuration);
        builder.Services.AddSingleton(app).AddSingleton(host).AddSingleton(new AppSettings(values, command.Settings));
        if (command.WaitForDebugger)
            builder.Services.Configure<LocalHostOptions>(o => o.WaitForDebugger = true);

        var built = builder.Build();
        built.Services.GetRequiredService<HttpFunctions>().Map(built);
        built.Services.GetRequiredService<AdminEndpoint>().Map(built);
        return built;
    }

    private static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LocalHostOptions>().BindConfiguration(LocalHostOptions.Section);
        services
            .AddOptions<HostOptions>()
            .Configure<IOptions<LocalHostOptions>>(
                (host, runtime) =>
                {
                    // HTTP and queues at the same time: each has the whole patience, and a moment to give back what it abandoned.
                    host.ServicesStopConcurrently = true;
                    host.ShutdownTimeout = runtime.Value.StopPatience + TimeSpan.FromSeconds(1);
                }
            );
        services.AddSingleton(TimeProvider.System);
        // The source of chance; whoever needs it takes a Random.
#pragma warning disable RS0030
        services.AddSingleton(Random.Shared);
#pragma warning restore RS0030
        services.AddSingleton(new WebJobsStorage(configuration));
        services.AddHttpForwarder();
        services
            .AddSingleton<FunctionIndex>()
            .AddSingleton<WorkerStarter>()
            .AddSingleton<WorkerSupervisor>()
            .AddSingleton<LocalStorage>()
            .AddSingleton<WorkerForwarder>();
        services.AddSingleton(s =>
        {
            var workers = s.GetRequiredService<WorkerSupervisor>();
            return new FunctionInvoker(workers.ReadyAsync, workers.InvokeAsync);
        });
        services.AddSingleton<FunctionKeys>().AddSingleton<HttpFunctions>().AddSingleton<AdminEndpoint>();
        services.AddSingleton<LoopTurns>().AddSingleton<LoopFactory>().AddSingleton<BackgroundWork>();
        services.AddSingleton(s => new TimerStatusStore(s.GetRequiredService<WebJobsStorage>().Container(TimerStatusStore.Container)));
        // In this order: a port that is taken is told before storage is started, and both before anything uses them.
        services
            .AddHostedService<ListenCheck>()
            .AddHostedService<ChildProcesses>()
            .AddHostedService(s => s.GetRequiredService<BackgroundWork>())
            .AddHostedService<QueuePump>()
            .AddHostedService<TimerPump>()
            .AddHostedService<ParentWatch>()
            .AddHostedService<StartupReport>();
    }

    private static void AddLogging(ILoggingBuilder logging, HostJson host)
    {
        logging.ClearProviders().AddSimpleConsole(o => o.SingleLine = true);
        // host.json says what of the worker and its functions is shown; this host's own lines are shown always.
        foreach (var (category, level) in host.Logging.LogLevel)
        {
            if (category.Equals("default", StringComparison.OrdinalIgnoreCase))
                logging.AddFilter(null, level);
            else
                logging.AddFilter(category, level).AddFilter($"{WorkerLogs.Prefix}{category}", level);
        }

        logging
            .AddFilter("Influence.LocalHost", LogLevel.Information)
            .AddFilter("Worker.Output", LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information)
            .AddFilter("Yarp", LogLevel.None)
            // At any level it makes an activity and a scope for each request.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            .AddFilter("Azure", LogLevel.Warning)
            // What keeps the host from starting is told in a sentence; this would show it with its stack besides.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
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

/// <summary>What the host was called with.</summary>
/// <param name="App">The folder of the built app.</param>
/// <param name="WaitForDebugger">Whether the worker waits for a debugger.</param>
/// <param name="Settings">All else: settings, as <c>--urls http://localhost:7071</c>.</param>
internal sealed record HostCommand(string App, bool WaitForDebugger, string[] Settings)
{
    private const string AppOption = "--app";
    private const string DebuggerOption = "--wait-for-debugger";

    /// <summary>Reads the command line; without <c>--app</c> the current folder is the app's.</summary>
    public static HostCommand Parse(string[] args)
    {
        var (app, waits, settings) = (Directory.GetCurrentDirectory(), false, new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == AppOption && i + 1 < args.Length)
                app = args[++i];
            else if (args[i] == DebuggerOption)
                waits = true;
            else
                settings.Add(args[i]);
        }

        return new HostCommand(app, waits, [.. settings]);
    }
}
