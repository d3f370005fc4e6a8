using System.Runtime.CompilerServices;
using Influence.Storage;

namespace Influence.Tests;

/// <summary>A real Azurite in memory on free ports, for one collection of tests; counts the requests it serves.</summary>
/// <remarks>It ends with the process of the tests, however that ends.</remarks>
public sealed class TestAzurite : IAsyncLifetime, IDisposable
{
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const int Attempts = 3;

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private readonly string? folder;
    private readonly List<string> requests = [];
    private AzuriteProcess? process;
    private AzuritePorts? at;

    // A fixture has one public constructor, without parameters.
    public TestAzurite() { }

    private TestAzurite(string folder) => this.folder = folder;

    /// <summary>One that keeps its data in a folder, so that it can be started again.</summary>
    public static TestAzurite InFolder(string folder) => new(folder);

    public string ConnectionString { get; private set; } = "";

    public static string Root { get; } = FindRoot();

    /// <summary>Every request line so far: «"METHOD path HTTP/1.1" status …».</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (requests)
                return [.. requests];
        }
    }

    public async Task InitializeAsync()
    {
        var program = await AzuritePackage.InstallAsync(Root, TimeProvider.System, CancellationToken.None);
        // Between finding a free port and taking it somebody else may have.
        for (var attempt = 1; !await StartAsync(program, AzuritePorts.Free()); attempt++)
            if (attempt == Attempts)
                throw new InvalidOperationException($"Azurite ended at once, {Attempts} times. Its last output:\n{process!.LastLines}");
    }

    public void Dispose() => Kill();

    public Task DisposeAsync()
    {
        Kill();
        return Task.CompletedTask;
    }

    /// <summary>Breaks the storage: nothing answers any more.</summary>
    public void Kill()
    {
        process?.Kill();
        process?.Dispose();
        process = null;
    }

    /// <summary>Stops it in order, so that it saves what it holds, and starts it on the same ports and data.</summary>
    public async Task RestartAsync()
    {
        if (folder is null || process is null || at is null)
            throw new InvalidOperationException("Only a running Azurite that keeps its data in a folder can be started again.");
        if (!await process.StopAsync(StopPatience, TimeProvider.System))
            throw new TimeoutException($"After {StopPatience.TotalSeconds:0} s still not: the end of Azurite.");
        var program = await AzuritePackage.InstallAsync(Root, TimeProvider.System, CancellationToken.None);
        if (!await StartAsync(program, at))
            throw new InvalidOperationException($"Azurite did not start again. Its last output:\n{process!.LastLines}");
    }

    private async Task<bool> StartAsync(string program, AzuritePorts ports)
    {
        at = ports;
        ConnectionString = ConnectionStringOf(ports.Blob, ports.Queue, ports.Table);
        process?.Dispose();
        process = AzuriteProcess.Start(program, ports, folder, Keep);
        return await process.ListensAsync(TimeProvider.System, CancellationToken.None);
    }

    internal static string ConnectionStringOf(int blobPort, int queuePort, int tablePort) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{blobPort}/{Account};"
        + $"QueueEndpoint=http://127.0.0.1:{queuePort}/{Account};TableEndpoint=http://127.0.0.1:{tablePort}/{Account};";

    private void Keep(string line)
    {
        if (!line.Contains(" HTTP/1.1\" ", StringComparison.Ordinal))
            return;
        lock (requests)
            requests.Add(line);
    }

    private static string FindRoot([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
