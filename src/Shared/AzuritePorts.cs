using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Influence.Storage;

/// <summary>The loopback ports of Azurite's services.</summary>
internal sealed record AzuritePorts(int Blob, int Queue, int Table)
{
    /// <summary>Those that <c>UseDevelopmentStorage=true</c> means.</summary>
    public static AzuritePorts Development { get; } = new(10000, 10001, 10002);

    public IEnumerable<string> Arguments => ["--blobPort", Text(Blob), "--queuePort", Text(Queue), "--tablePort", Text(Table)];

    /// <summary>Ports that were free a moment ago.</summary>
    public static AzuritePorts Free() => new(FreePorts.Next(), FreePorts.Next(), FreePorts.Next());

    /// <summary>Whether all three services take connections.</summary>
    public async Task<bool> AnswerAsync(CancellationToken cancellationToken)
    {
        foreach (var port in new[] { Blob, Queue, Table })
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            }
            catch (SocketException)
            {
                return false;
            }
        }

        return true;
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Free loopback ports for tests.</summary>
/// <remarks>
/// They lie below those that systems give to outgoing connections, so that nobody takes one by chance while its program still starts, or
/// between a kill and the next start. Each process begins at another place.
/// </remarks>
internal static class FreePorts
{
    private const int First = 15_000;
    private const int Count = 10_000;
    private const int OfAProcess = 60;

    private static int next = Environment.ProcessId % (Count / OfAProcess) * OfAProcess;

    public static int Next()
    {
        for (var attempt = 0; attempt < Count; attempt++)
        {
            var port = First + (Interlocked.Increment(ref next) % Count);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }

        throw new InvalidOperationException($"None of the ports {First}–{First + Count - 1} is free.");
    }
}
