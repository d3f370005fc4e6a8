using System.Diagnostics;
using Azure.Storage.Queues;
using Influence.Storage;

namespace Influence.LocalHost.Tests.Azurite;

public sealed class AzuriteProcessTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("azurite").FullName;
    private readonly AzuritePorts ports = AzuritePorts.Free();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_was_stored_is_there_again_after_a_stop()
    {
        using (var azurite = await StartAsync())
        {
            await Queue().CreateAsync();
            await Queue().SendMessageAsync("kept");
            Assert.True(await azurite.StopAsync(TimeSpan.FromSeconds(20), TimeProvider.System), azurite.LastLines);
            Assert.False(await ports.AnswerAsync(default));
        }

        using var next = await StartAsync();
        Assert.Equal("kept", (await Queue().PeekMessageAsync()).Value.MessageText);
        next.Kill();
    }

    [Fact]
    public async Task A_port_that_is_taken_ends_it_with_a_line_that_says_so()
    {
        using var first = await StartAsync();
        using var second = AzuriteProcess.Start(await ProgramAsync(), ports, Path.Combine(folder, "second"));
        Assert.False(await second.ListensAsync(TimeProvider.System, default));
        Assert.Contains($"{ports.Blob}", second.LastLines, StringComparison.Ordinal);
        Assert.True(await ports.AnswerAsync(default));
        first.Kill();
    }

    [UnixFact]
    public async Task Ctrl_C_in_the_terminal_leaves_it_to_its_parent()
    {
        using var azurite = await StartAsync();
        foreach (var signal in new[] { "-INT", "-HUP" })
        {
            using var kill = Process.Start("kill", [signal, $"{azurite.Id}"]);
            await Eventually.EndsAsync(kill, "kill");
        }

        await Task.Delay(500);
        Assert.False(azurite.HasExited);
        Assert.True(await azurite.StopAsync(TimeSpan.FromSeconds(20), TimeProvider.System), azurite.LastLines);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("1 0")]
    [InlineData("1 -5")]
    [InlineData("999999999 5")]
    public async Task A_file_that_names_no_azurite_of_ours_finds_none(string content)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "azurite.pid"), content);
        using var owner = AzuriteOwner.Take(folder);
        Assert.Null(owner!.FindEarlier());
    }

    [Fact]
    public void A_process_that_got_the_id_later_is_not_ours()
    {
        File.WriteAllText(Path.Combine(folder, "azurite.pid"), $"{Environment.ProcessId} {DateTime.UnixEpoch.Ticks}");
        using var owner = AzuriteOwner.Take(folder);
        Assert.Null(owner!.FindEarlier());
    }

    [Fact]
    public async Task One_holder_at_a_time_and_the_next_finds_the_azurite_before_it()
    {
        using var azurite = await StartAsync();
        using (var first = AzuriteOwner.Take(folder)!)
        {
            first.Remember(azurite);
            Assert.Null(AzuriteOwner.Take(folder));
        }

        using var second = AzuriteOwner.Take(folder)!;
        using (var found = second.FindEarlier())
            Assert.Equal(azurite.Id, found!.Id);
        azurite.Kill();
        Assert.Null(second.FindEarlier());
    }

    private static Task<string> ProgramAsync() => AzuritePackage.InstallAsync(TestAzurite.Root, TimeProvider.System, default);

    private async Task<AzuriteProcess> StartAsync()
    {
        var azurite = AzuriteProcess.Start(await ProgramAsync(), ports, folder);
        Assert.True(await azurite.ListensAsync(TimeProvider.System, default), azurite.LastLines);
        return azurite;
    }

    private QueueClient Queue() => new(TestAzurite.ConnectionStringOf(ports.Blob, ports.Queue, ports.Table), "kept");
}
