using System.Net;
using System.Net.Sockets;

namespace OrderIssues.Infrastructure.Webhooks;

/// <summary>Looks up addresses of hosts.</summary>
internal delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellationToken);

/// <summary>Connects to addresses that it has checked, so that a later answer of DNS doesn't count.</summary>
internal sealed class CheckedConnector(AllowedHosts allowed, HostResolver resolve)
{
    /// <exception cref="AddressNotAllowedException">None of the host's addresses is allowed.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var all = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        var addresses = all.Where(address => allowed.IsAllowed(context.InitialRequestMessage.RequestUri!, address)).ToArray();
        if (addresses.Length == 0)
        {
            throw all.Length == 0 ? new SocketException((int)SocketError.HostNotFound) : new AddressNotAllowedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>Stops a connection to an address that endpoints may not have.</summary>
internal sealed class AddressNotAllowedException() : Exception("The host's address isn't public, and isn't allowed.");
