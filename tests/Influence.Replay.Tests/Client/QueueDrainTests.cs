using System.Globalization;
using System.Net;
using System.Text;

namespace Influence.Replay.Tests.Client;

public sealed class QueueDrainTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Reports_from_a_cache_count_once_and_those_of_before_the_wait_not_at_all()
    {
        var (asked, notes) = await WaitAsync(
            Report(-5, 0),
            Report(-5, 0),
            Report(1, 0),
            Report(1, 0),
            Report(3, 2),
            Report(5, 0),
            Report(5, 0),
            Report(-5, 0),
            Report(7, 0)
        );
        Assert.Equal(9, asked);
        Assert.Contains("Working: 2 messages left in the queue, the oldest 1 s old", notes);
    }

    [Fact]
    public async Task Every_report_of_an_app_without_a_cache_counts()
    {
        var (asked, _) = await WaitAsync(Report(null, 1), Report(null, 0), Report(null, 0));
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_report_without_the_queue_ends_the_wait()
    {
        var failure = await Assert.ThrowsAsync<ReplayFailedException>(() => WaitAsync("""{"status":"ok","queues":[]}"""));
        Assert.Contains("'interactions'", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<(int Asked, List<string> Notes)> WaitAsync(params string[] reports)
    {
        var (server, notes) = (new Reports(reports), new List<string>());
        using var http = new HttpClient(server);
        var sender = new PatientSender(http, TimeSpan.FromSeconds(1), notes.Add, TimeProvider.System, new Random(1));
        var api = new Api(sender, new Uri("http://app.example"), null, null);
        await new QueueDrain(api, TimeProvider.System).WaitAsync(notes.Add, default);
        return (server.Asked, notes);
    }

    private static string Report(int? asOf, int depth)
    {
        var at = asOf is { } seconds ? $",\"asOf\":\"{Start.AddSeconds(seconds).ToString("O", CultureInfo.InvariantCulture)}\"" : "";
        return $$"""{"status":"ok","queues":[{"name":"interactions","depth":{{depth}},"oldestSeconds":1}]{{at}},"newField":[{"x":1}]}""";
    }

    private sealed class Reports(string[] reports) : HttpMessageHandler
    {
        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.True(Asked < reports.Length, "It waits on, though the queue is empty.");
            var response = new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(reports[Asked++], Encoding.UTF8, "application/json"),
            };
            response.Headers.Date = Start;
            return Task.FromResult(response);
        }
    }
}
