using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Influence.LocalRuntime.Tests.Azurite;

public sealed class AzuriteProcessTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("azurite").FullName;
    private readonly AzuritePorts ports = FreePorts();

    [Fact]
    public async Task It_lives_on_without_its_starter_and_the_next_one_finds_and_ends_it()
    {
        await new AzuriteProcess(folder, ports).StartAsync(await AzuritePackage.InstallAsync(TestAzurite.Root, default), default);
        while (!await ports.AnswerAsync(default))
            await Task.Delay(50);
        var next = new AzuriteProcess(folder, ports);
        Assert.True(next.IsRunning);
        await next.StopAsync(default);
        Assert.False(await ports.AnswerAsync(default));
        Assert.False(next.IsRunning);
        Assert.Empty(Directory.GetFiles(folder, "*.pid"));
        Assert.NotEmpty(Directory.GetFiles(folder, "__azurite_db_table__.json"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("1 0")]
    [InlineData("999999999 5")]
    public async Task An_id_file_that_means_nothing_of_ours_ends_nothing(string content)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "azurite.pid"), content);
        var azurite = new AzuriteProcess(folder, ports);
        Assert.False(azurite.IsRunning);
        await azurite.StopAsync(default);
    }

    [Fact]
    public void A_process_that_got_the_id_later_is_not_ours()
    {
        File.WriteAllText(
            Path.Combine(folder, "azurite.pid"),
            string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {DateTime.UnixEpoch.Ticks}")
        );
        Assert.False(new AzuriteProcess(folder, ports).IsRunning);
        using var self = Process.GetCurrentProcess();
        Assert.False(self.HasExited);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static AzuritePorts FreePorts()
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, 3).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (var listener in listeners)
            listener.Start();
        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        foreach (var listener in listeners)
            listener.Dispose();
        return new AzuritePorts(ports[0], ports[1], ports[2]);
    }
}
