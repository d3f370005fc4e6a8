using System.Globalization;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

// Whatever the machine speaks: what is written is the same everywhere.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

// The exit code of an app whose start would end the same way again: a setting is wrong, or the tables are another version's. The local host
// knows it.
const int Refused = 78;

try
{
    if (await RunAsync(args) is not { } refusal)
        return 0;
    Console.Error.WriteLine(refusal);
    return Refused;
}
catch (Exception e)
    when (e is OptionsValidationException or InvalidOperationException { InnerException: FormatException or ArgumentException })
{
    // A setting out of its range, or of another type than its own.
    Console.Error.WriteLine(e.Message);
    return Refused;
}

// What keeps the app from running, as a sentence; null after a stop that was asked for.
static async Task<string?> RunAsync(string[] args)
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    // MVC would read a key ring at each start, and write one to the home folder: nothing here has a cookie or a form's token.
    foreach (var keys in builder.Services.Where(s => s.ImplementationType?.Name == "DataProtectionHostedService").ToList())
        builder.Services.Remove(keys);

    // At their lower levels they write the addresses of requests, which may hold tokens and ids.
    builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Azure", LogLevel.Warning).AddFilter("System", LogLevel.Warning);

    // The first is outermost.
    builder.UseMiddleware<InvocationScope>();
    builder.UseMiddleware<ExceptionToProblem>();
    builder.UseMiddleware<FunctionMetrics>();
    builder.UseMiddleware<CrossSiteWrites>();
    builder.UseMiddleware<PublicReads>();
    builder
        .Services.AddSingleton(new ReaderKeys(builder.Configuration))
        .AddSingleton<PublicUrl>()
        .AddSingleton<OperatorCalls>()
        .AddSingleton<WriteAdmission>()
        .AddSingleton<IngestEndpoint>()
        .AddSingleton<WebhookEndpoint>()
        .AddSingleton<BadgeEndpoint>()
        .AddSingleton<RenderedPages>()
        .AddSingleton<PageEndpoint>();
    builder.Services.AddSingleton<ApiDocument>().AddSingleton<ReferenceFiles>();
    builder.Services.AddInfluence(builder.Configuration).AddTelemetry(builder.Configuration);
    var host = builder.Build();
    var deployment = host.Services.GetRequiredService<Deployment>();
    await host.RunAsync();
    return deployment.Refusal;
}
