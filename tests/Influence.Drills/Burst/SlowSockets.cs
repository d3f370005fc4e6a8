using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Influence.Drills.Burst;

/// <summary>Connections that send a request byte by byte, for as long as the server lets them.</summary>
internal sealed class SlowSockets : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource end = new();
    private readonly List<Task> running = [];
    private int closed;

    public SlowSockets(int port, int count) =>
        running.AddRange(Enumerable.Range(0, count).Select(i => Task.Run(() => RunAsync(port, i), CancellationToken.None)));

    /// <summary>How many the server has closed.</summary>
    public int Closed => closed;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await Task.WhenAll(running);
        end.Dispose();
    }

    private async Task RunAsync(int port, int number)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.LingerState = new LingerOption(true, 0);
            await socket.ConnectAsync(IPAddress.Loopback, port, end.Token);
            // Half of them never end their headers, the others never their body.
            const string start = "POST /api/v1/interactions HTTP/1.1\r\nHost: slow\r\n";
            var begin =
                number % 2 == 0
                    ? start + "X-Slow: "
                    : start + $"x-functions-key: {RunningApp.FunctionKey}\r\nContent-Length: 100000\r\n\r\n[";
            await socket.SendAsync(Encoding.ASCII.GetBytes(begin), end.Token);
            while (!end.IsCancellationRequested)
            {
                await Task.Delay(Pause, end.Token);
                await socket.SendAsync("x"u8.ToArray(), end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The drill is over.
        }
        catch (SocketException)
        {
            Interlocked.Increment(ref closed);
        }
    }
}
