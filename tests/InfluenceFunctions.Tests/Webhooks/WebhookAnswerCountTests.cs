using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InfluenceFunctions.Tests.Webhooks;

/// <summary>Deliveries are counted by the status that was sent at last, whoever decided it.</summary>
public sealed class WebhookAnswerCountTests
{
    [Theory]
    [InlineData("standard", 401, false, "standard 401")]
    [InlineData("standard", 503, false, "standard 503")]
    [InlineData("nothing", 404, false, null)]
    [InlineData("standard", 200, true, null)]
    public async Task A_delivery_counts_with_the_status_that_is_sent(string source, int status, bool isAborted, string? counted)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
                    ["Webhooks:standard:Secrets:0"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                }
            )
            .Build();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddInfluence(configuration)
            .AddSingleton<WriteAdmission>()
            .AddSingleton<WebhookEndpoint>()
            .BuildServiceProvider();
        var counts = new List<string>();
        using var listener = Listen(counts);
        var (http, response) = (new DefaultHttpContext(), new SentResponse());
        http.Features.Set<IHttpResponseFeature>(response);
        http.RequestAborted = new CancellationToken(isAborted);
        (http.Request.Method, http.Request.Body) = ("POST", new MemoryStream(Encoding.UTF8.GetBytes("{}")));
        try
        {
            await new TakeWebhook(services.GetRequiredService<WebhookEndpoint>()).RunAsync(http.Request, source);
        }
        catch (OperationCanceledException) when (isAborted)
        {
            // The caller is gone.
        }

        Assert.Empty(counts);
        response.StatusCode = status;
        await response.CompleteAsync();
        Assert.Equal(counted is null ? [] : [counted], counts);
    }

    private static MeterListener Listen(List<string> counts)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "influence.webhooks.deliveries")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => counts.Add($"{tags[0].Value} {tags[1].Value}"));
        listener.Start();
        return listener;
    }

    private sealed class SentResponse : HttpResponseFeature
    {
        private readonly List<(Func<object, Task> Callback, object State)> callbacks = [];

        public override void OnCompleted(Func<object, Task> callback, object state) => callbacks.Add((callback, state));

        public async Task CompleteAsync()
        {
            foreach (var (callback, state) in callbacks)
                await callback(state);
        }
    }
}
