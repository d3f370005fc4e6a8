using System.Globalization;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// What a test wants of the process itself, before there is a worker.
if (
    Environment.GetEnvironmentVariable("ExitAtStart") is { Length: > 0 } code
    && (Environment.GetEnvironmentVariable("ExitWhenThereIs") is not { Length: > 0 } file || File.Exists(file))
)
{
    Console.Error.WriteLine(Environment.GetEnvironmentVariable("LastWords"));
    return int.Parse(code, CultureInfo.InvariantCulture);
}

if (Environment.GetEnvironmentVariable(ChildFunctions.IsChild) is not null)
{
    // The end of its standard input is nothing to a process that the worker started.
    await Task.Delay(1000);
    Console.Write("still here");
    return 0;
}

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

// The host is to filter, and not the worker before it.
builder.Logging.SetMinimumLevel(LogLevel.Trace);
builder.Services.AddSingleton<Calls>();
if (Environment.GetEnvironmentVariable("ExitWhenAsked") is { Length: > 0 } later)
    builder.Services.AddSingleton<IFunctionMetadataProvider>(new EndWhenAsked(int.Parse(later, CultureInfo.InvariantCulture)));
await builder.Build().RunAsync();
return 0;
