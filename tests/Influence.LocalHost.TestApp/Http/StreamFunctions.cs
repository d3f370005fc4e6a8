using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Influence.LocalHost.TestApp.Http;

/// <summary>Breaks the worker's stream to its host, on Unix; the process itself goes on.</summary>
public sealed class StreamFunctions
{
    private const int MostFiles = 1000;
    private const int BothWays = 2;

    [Function("BreakStream")]
    public IActionResult BreakStream([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "break-stream")] HttpRequest request) =>
        new ContentResult { Content = $"{Break()}" };

    /// <summary>Breaks it.</summary>
    /// <returns>How many connections it was.</returns>
    public static int Break()
    {
        var arguments = Environment.GetCommandLineArgs();
        var host = new Uri(arguments[Array.IndexOf(arguments, "--functions-uri") + 1]);
        var broken = 0;
        for (var file = 0; file < MostFiles; file++)
            if (PortOfPeer(file) == host.Port)
                broken += Shutdown(file, BothWays) == 0 ? 1 : 0;
        return broken;
    }

    private static int PortOfPeer(int file)
    {
        var address = new byte[128];
        var length = address.Length;
        return GetPeerName(file, address, ref length) == 0 ? BinaryPrimitives.ReadUInt16BigEndian(address.AsSpan(2)) : 0;
    }

    [DllImport("libc", EntryPoint = "getpeername")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetPeerName(int file, byte[] address, ref int length);

    [DllImport("libc", EntryPoint = "shutdown")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Shutdown(int file, int how);
}
