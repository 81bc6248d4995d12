using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace OrderIssues.WebApi.Limits;

internal static class ServerLimits
{
    // Enough for some MB/s to a client 50 ms away.
    private const int SendBufferSize = 256 * 1024;

    public static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;

        // As long as common proxies allow; the header limits leave room for an access token.
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.MaxRequestHeaderCount = 100;

        // Includes the framing of chunks; BodyReader limits the content itself.
        limits.MaxRequestBodySize = 8 * 1024 * 1024;

        // Buffered bytes of pipelined requests, and the work a connection does before others get their turn.
        limits.MaxRequestBufferSize = 64 * 1024;

        // An idle connection costs about 30 kB and a file descriptor, which the store needs too.
        limits.MaxConcurrentConnections = 10_000;

        // Longer than a load balancer's 60 s, so that it never sends a request into a closing connection.
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);

        // Slower clients are cut off. Bytes in the socket's send buffer count as sent.
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 8 * 1024, gracePeriod: TimeSpan.FromSeconds(10));
    }

    /// <summary>Bounds the send buffer.</summary>
    // Linux would grow the send buffer to 4 MB for each slow client.
    public static void Configure(SocketTransportOptions transport) => transport.CreateBoundListenSocket = endpoint =>
    {
        // Connections inherit the buffer size of the listening socket.
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        socket.SendBufferSize = SendBufferSize;
        return socket;
    };
}
