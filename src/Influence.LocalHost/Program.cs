using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

// Whatever the machine speaks: what is written is the same everywhere.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

try
{
    await using var app = FunctionsHost.Build(HostCommand.Parse(args));
    var workers = app.Services.GetRequiredService<WorkerSupervisor>();
    await app.RunAsync();
    // A stop that nobody asked for: the worker cannot be kept running.
    return workers.Trouble is { } trouble ? StartupErrors.Tell(trouble, StartupErrors.Failed) : 0;
}
catch (Exception e) when (StartupErrors.IsExplained(e))
{
    return StartupErrors.Tell(e);
}
