using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<FunctionMetrics>();
builder.Services.AddSingleton<PublicUrl>().AddSingleton<Guard>().AddSingleton<IngestEndpoint>().AddSingleton<WebhookEndpoint>();
builder.Services.AddInfluence(builder.Configuration);
await builder.Build().RunAsync();
