using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace InfluenceFunctions.Tests.Support;

/// <summary>The built app as a process of its own, over real HTTP and a real Azurite; can be killed and started again.</summary>
public sealed class RunningApp : IAsyncDisposable
{
    public const string FunctionKey = "function-key-of-the-tests";
    public const string MasterKey = "master-key-of-the-tests";

    private readonly string connectionString;
    private readonly Dictionary<string, string> settings;
    private readonly StringBuilder log = new();
    private readonly int port = FreePort();
    private Process? process;

    private RunningApp(TestAzurite azurite, Dictionary<string, string> settings)
    {
        (connectionString, this.settings) = (azurite.ConnectionString, settings);
        (Client, Operator) = (NewClient(FunctionKey), NewClient(MasterKey));
    }

    /// <summary>Shows the function key.</summary>
    public HttpClient Client { get; }

    /// <summary>Shows the master key.</summary>
    public HttpClient Operator { get; }

    public HttpClient NewClient(string? key)
    {
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        if (key is not null)
            client.DefaultRequestHeaders.Add("x-functions-key", key);
        return client;
    }

    public string Log
    {
        get
        {
            lock (log)
                return log.ToString();
        }
    }

    public long PeakMemory
    {
        get
        {
            process!.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    public static async Task<RunningApp> StartAsync(TestAzurite azurite, params (string Name, string Value)[] settings)
    {
        var app = new RunningApp(azurite, settings.ToDictionary(s => s.Name, s => s.Value));
        await app.StartAsync();
        return app;
    }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "InfluenceFunctions.dll"), "--urls", Client.BaseAddress!.ToString()]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AzureWebJobsStorage"] = connectionString;
        start.Environment["FunctionKeys__0"] = FunctionKey;
        start.Environment["MasterKey"] = MasterKey;
        // Tests wait for what the report says, and not for a cache.
        start.Environment["Influence__HealthCacheSeconds"] = "0";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        for (var i = 0; i < 600; i++)
        {
            if (process.HasExited)
                break;
            try
            {
                (await Client.GetAsync("/api/health")).Dispose();
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }

        throw new InvalidOperationException($"The app did not start:\n{Log}");
    }

    /// <summary>SIGKILL: no goodbye.</summary>
    public void Kill()
    {
        process!.Kill();
        process.WaitForExit();
        process.Dispose();
        process = null;
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body, string contentType = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> PostInteractionsAsync(string body, string contentType = "application/json") =>
        PostAsync("/api/v1/interactions", body, contentType);

    /// <summary>Waits until the queue of facts is empty.</summary>
    public async Task DrainAsync(int everyMilliseconds = 100)
    {
        for (var empty = 0; empty < 2; )
        {
            var health = await Client.GetAsync("/api/health");
            if (health.IsSuccessStatusCode)
            {
                var queues = (await health.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("queues");
                empty = queues.EnumerateArray().All(q => q.GetProperty("depth").GetInt32() == 0) ? empty + 1 : 0;
            }

            if (empty < 2)
                await Task.Delay(everyMilliseconds);
        }
    }

    public async Task<JsonElement?> CardAsync(string account)
    {
        var response = await Client.GetAsync($"/api/v1/profiles/{PathId.Write(account)}");
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Publishes and waits until the status says that it is done.</summary>
    public async Task<JsonElement> PublishAsync(string body = "{}")
    {
        var response = await Operator.PostAsync("/api/v1/leaderboards/publications", new StringContent(body));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        while (true)
        {
            var monitor = await Operator.GetAsync(response.Headers.Location);
            // Storage that is busy with the work itself may be slow to say how it stands.
            if (monitor.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                var status = await monitor.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
                if (status.GetProperty("status").GetString() != "running")
                    return status;
            }

            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            Kill();
        Client.Dispose();
        Operator.Dispose();
        await Task.CompletedTask;
    }

    private void Keep(string? line)
    {
        lock (log)
            log.AppendLine(line);
    }

    private static int FreePort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }
}
