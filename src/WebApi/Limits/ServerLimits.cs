using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace OrderIssues.WebApi.Limits;

internal static class ServerLimits
{
    // Enough for some MB a second to a client 50 ms away.
    private const int SendBufferSize = 256 * 1024;

    public static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;

        // Proxies take as long a request line; the other two have room for an access token.
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.MaxRequestHeaderCount = 100;

        // Bounds a body with the framing of its chunks; the content is counted where it is read.
        limits.MaxRequestBodySize = 8 * 1024 * 1024;

        // Bytes that wait to be read, also of the next requests; a connection works off as many before others have their turn.
        limits.MaxRequestBufferSize = 64 * 1024;

        // Idle connections cost some 30 kB each. More would take files from the store.
        limits.MaxConcurrentConnections = 10_000;

        // Longer than load balancers keep theirs (60 s), which so never send a request into a closing connection.
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);

        // Slower clients are cut off. Bytes in the socket's buffer count as sent.
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 8 * 1024, gracePeriod: TimeSpan.FromSeconds(10));
    }

    /// <summary>Bounds the send buffer.</summary>
    // Linux would let it grow to 4 MB for each slow client.
    public static void Configure(SocketTransportOptions transport) => transport.CreateBoundListenSocket = endpoint =>
    {
        // Connections inherit the listening socket's.
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        socket.SendBufferSize = SendBufferSize;
        return socket;
    };
}
