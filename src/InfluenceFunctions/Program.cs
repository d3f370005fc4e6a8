using System.Globalization;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

// Whatever the machine speaks: what is written is the same everywhere.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

try
{
    await RunAsync(args);
    return 0;
}
catch (Exception e) when (e is OptionsValidationException or InvalidOperationException { StackTrace: not null })
{
    // A setting is wrong, and will be at the next start: a sentence, and an exit code that the local host knows.
    Console.Error.WriteLine(e.Message);
    return 78;
}

static async Task RunAsync(string[] args)
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    // MVC would read a key ring at each start, and write one to the home folder: nothing here has a cookie or a form's token.
    foreach (var keys in builder.Services.Where(s => s.ImplementationType?.Name == "DataProtectionHostedService").ToList())
        builder.Services.Remove(keys);

    // The first is outermost.
    builder.UseMiddleware<ExceptionToProblem>();
    builder.UseMiddleware<FunctionMetrics>();
    builder.UseMiddleware<CrossSiteWrites>();
    builder.UseMiddleware<PublicReads>();
    builder
        .Services.AddSingleton(new ReaderKeys(builder.Configuration))
        .AddSingleton<PublicUrl>()
        .AddSingleton<OperatorCalls>()
        .AddSingleton<IngestEndpoint>()
        .AddSingleton<WebhookEndpoint>()
        .AddSingleton<BadgeEndpoint>()
        .AddSingleton<RenderedPages>()
        .AddSingleton<PageEndpoint>();
    builder.Services.AddSingleton<ApiDocument>().AddSingleton<ReferenceFiles>();
    builder.Services.AddInfluence(builder.Configuration);
    await builder.Build().RunAsync();
}
