using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Influence.LocalRuntime.Azurite;

/// <summary>Where Azurite listens on loopback.</summary>
internal sealed record AzuritePorts(int Blob, int Queue, int Table)
{
    /// <summary>Those that <c>UseDevelopmentStorage=true</c> means.</summary>
    public static AzuritePorts Development { get; } = new(10000, 10001, 10002);

    public IEnumerable<string> Arguments => ["--blobPort", Text(Blob), "--queuePort", Text(Queue), "--tablePort", Text(Table)];

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
