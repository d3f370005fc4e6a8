using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

// The first is outermost.
builder.UseMiddleware<ExceptionToProblem>();
builder.UseMiddleware<FunctionMetrics>();
builder.Services.AddSingleton<PublicUrl>().AddSingleton<IngestEndpoint>().AddSingleton<WebhookEndpoint>();
builder.Services.AddInfluence(builder.Configuration);
await builder.Build().RunAsync();
