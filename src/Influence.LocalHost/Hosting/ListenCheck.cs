using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Influence.LocalHost.Hosting;

/// <summary>Refuses to start when a port to listen on is taken, before anything else is started.</summary>
internal sealed class ListenCheck(IConfiguration configuration) : IHostedLifecycleService
{
    /// <exception cref="IOException">A port is taken; the message says which.</exception>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // Endpoints of one's own stand in the place of the addresses.
        if (configuration.GetSection("Kestrel:Endpoints").Exists())
            return Task.CompletedTask;
        foreach (var url in (configuration["urls"] ?? FunctionsHost.DefaultUrl).Split(';', StringSplitOptions.RemoveEmptyEntries))
            Check(url);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Check(string url)
    {
        var address = BindingAddress.Parse(url);
        if (address.IsUnixPipe || address.IsNamedPipe || address.Port == 0)
            return;
        foreach (var ip in Addresses(address.Host))
        {
            using var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(ip, address.Port));
                socket.Listen(1);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                throw new IOException($"Failed to bind to address {url}: address already in use.", e);
            }
            catch (SocketException e) when (address.Host == $"{ip}")
            {
                throw new IOException($"Failed to bind to address {url}: {e.Message}.", e);
            }
            catch (SocketException)
            {
                // Of a name's two addresses one will do, and what else stands against it the server says.
            }
        }
    }

    private static IPAddress[] Addresses(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
        : IPAddress.TryParse(host, out var address) ? [address]
        : [IPAddress.Any];
}
