using System.Net;
using System.Net.Sockets;

namespace Influence.Drills.Hostile;

/// <summary>Sends bytes that no HTTP client would.</summary>
internal static class RawClient
{
    // A server may wait for the rest of what was begun; nobody waits with it.
    private static readonly TimeSpan Impatience = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Sends a request; null where it was none to wait for, and no answer came at once.</summary>
    public static async Task<RawAnswer?> SendAsync(int port, HostileRequest request)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            // Nothing of a closed connection stays: there are very many.
            LingerState = new LingerOption(true, 0),
        };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var sending = SendAllAsync(socket, request);
        var answer = await ReadAsync(socket, request);
        socket.Close();
        await sending;
        return answer;
    }

    private static async Task SendAllAsync(Socket socket, HostileRequest request)
    {
        try
        {
            foreach (var part in request.Parts)
                await socket.SendAsync(part);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The server has heard enough.
        }
    }

    private static async Task<RawAnswer?> ReadAsync(Socket socket, HostileRequest request)
    {
        var (bytes, length) = (new byte[16 * 1024], 0);
        using var patience = new CancellationTokenSource(request.IsWhole ? Patience : Impatience);
        while (true)
        {
            int read;
            try
            {
                if (length == bytes.Length)
                    Array.Resize(ref bytes, 2 * length);
                read = await socket.ReceiveAsync(bytes.AsMemory(length), patience.Token);
            }
            catch (SocketException)
            {
                read = 0;
            }
            catch (OperationCanceledException) when (!request.IsWhole)
            {
                return null;
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"After {Patience.TotalSeconds:0} s no answer to: {request}", e);
            }

            length += read;
            if (RawAnswer.Read(bytes.AsSpan(0, length), read == 0, request.IsHead) is { } answer)
                return answer;
        }
    }
}
