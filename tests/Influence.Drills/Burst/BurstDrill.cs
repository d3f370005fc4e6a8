using System.IO.Compression;
using System.Net;
using System.Text;

namespace Influence.Drills.Burst;

/// <summary>Very much at once: many writers, slow sockets, bombs, endless headers. Reads go on, memory stays, nothing is lost.</summary>
[Collection(Name)]
public sealed class BurstDrill(ITestOutputHelper output)
{
    /// <summary>Ratios are measured with the machine to itself: no other drill runs meanwhile.</summary>
    public const string Name = "alone";

    [Fact]
    public async Task Reads_go_on_memory_stays_and_all_that_was_taken_counts()
    {
        using var azurite = new TestAzurite();
        await azurite.InitializeAsync();
        // As it is delivered; other tests have no caches.
        await using var app = await RunningApp.StartAsync(
            azurite,
            ("Influence__CardCacheSeconds", "30"),
            ("Influence__PageCacheSeconds", "60"),
            ("Influence__HealthCacheSeconds", "2")
        );
        var truth = new Truth(DrillForm.Seed, people: 300);
        var (clients, facts, slow) = (DrillForm.Of(32, 256), DrillForm.Of(5_000, 100_000), DrillForm.Of(100, 3_000));
        // Warm: code compiled, caches and buffers as large as so many clients make them.
        await new PatientWriter(truth).SendAsync([app], truth.Make(DrillForm.Of(2_000, 30_000)), batch: 100, atATime: clients);
        await app.DrainAsync();
        string[] paths =
        [
            .. Enumerable.Range(0, 20).Select(i => $"/api/v1/profiles/{PathId.Write(truth.Account(i))}"),
            "/how",
            "/api/v1/policy",
        ];
        var idle = new Readings(app);
        var reads = 0;
        var calm = await idle.P99Async(paths, () => ++reads > DrillForm.Of(200, 2_000));

        var writer = new PatientWriter(truth);
        var burst = new Readings(app);
        var sockets = new SlowSockets(app.Client.BaseAddress!.Port, slow);
        var sending = writer.SendAsync([app], truth.Make(facts), batch: 100, atATime: clients);
        var reading = burst.P99Async(paths, () => sending.IsCompleted);
        var hostile = Task.Run(() => BombsAsync(app, DrillForm.Of(4, 64)));
        await sending;
        var busy = await reading;
        var refused = await hostile;
        await sockets.DisposeAsync();
        await app.DrainAsync();

        var accounts = await truth.AssertAsync(azurite, isSettled: false);
        await Truth.AssertNoDeadLettersAsync(azurite);
        Assert.Equal(0, writer.Unanswered);
        var (memory, wait) = ((double)burst.PeakMemory / idle.PeakMemory, busy / calm);
        DrillReport.Write(
            "burst",
            output,
            ("clients, facts, slow sockets", $"{clients}, {facts}, {slow}"),
            ("slow sockets that the server closed", $"{sockets.Closed}"),
            ("answers to batches", writer.Answers),
            ("gzip bombs and endless headers", refused),
            ("facts accepted, accounts compared", $"{truth.Accepted}, {accounts}"),
            ("memory of host and worker, times that after warming up", $"{memory:0.00}"),
            ("p99 of reads, times that when idle", $"{wait:0.0}")
        );
        // Of the full form alone, on a machine that does nothing else.
        if (!DrillForm.IsFull)
            return;
        Assert.InRange(memory, 0, 1.3);
        Assert.InRange(wait, 0, 5.0);
    }

    private static async Task<string> BombsAsync(RunningApp app, int count)
    {
        var bomb = Bomb();
        for (var i = 0; i < count; i++)
        {
            using var content = new ByteArrayContent(bomb);
            content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
            using var response = await app.Client.PostAsync("/api/v1/interactions", content);
            Assert.Contains(response.StatusCode, new[] { HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.TooManyRequests });
            var head =
                "GET /api/health/live HTTP/1.1\r\nHost: x\r\n"
                + string.Concat(Enumerable.Repeat($"X-A: {new string('a', 9_990)}\r\n", 1_000));
            var answer = await RawClient.SendAsync(
                app.Client.BaseAddress!.Port,
                new HostileRequest([Encoding.ASCII.GetBytes(head)], IsWhole: false)
            );
            // Cut off, or told that they are too large.
            Assert.True(answer is null or { Status: 0 or 431 }, answer?.Head);
        }

        return $"{count} of each, all refused";
    }

    // 200 MiB of zeros in some 200 KiB.
    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 200; i++)
                gzip.Write(zeros);
        }

        return packed.ToArray();
    }
}

[CollectionDefinition(BurstDrill.Name, DisableParallelization = true)]
public sealed class AloneCollection;
