using System.Globalization;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Whatever the machine speaks: what is written is the same everywhere.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

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
