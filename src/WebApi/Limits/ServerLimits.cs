using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace OrderIssues.WebApi.Limits;

/// <summary>What the server takes from a connection, before there is a request and while one is read or answered.</summary>
internal static class ServerLimits
{
    /// <summary>Enough for some MB a second to a client 50 ms away.</summary>
    private const int SendBufferSize = 256 * 1024;

    public static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;

        // The latter two with room for an access token; the first is what proxies take too.
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.MaxRequestHeaderCount = 100;

        // Bounds a body with the framing of its chunks; what is in it is counted where it is read.
        limits.MaxRequestBodySize = 8 * 1024 * 1024;

        // What has come of a request, or of those after it, before anybody reads it: also how much of one connection is worked off before
        // others have their turn.
        limits.MaxRequestBufferSize = 64 * 1024;

        // Idle ones cost some 30 kB each. More than these would take files from the store.
        limits.MaxConcurrentConnections = 10_000;

        // Longer than load balancers keep theirs (60 s), so that none sends a request into a connection that is being closed.
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);

        // What comes or goes more slowly on average is cut off, where what the socket holds counts as gone.
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 8 * 1024, gracePeriod: TimeSpan.FromSeconds(10));
    }

    /// <summary>By itself Linux would hold up to 4 MB for each client that reads slowly. Connections have what the socket has that they come in at.</summary>
    public static void Configure(SocketTransportOptions transport) => transport.CreateBoundListenSocket = endpoint =>
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        socket.SendBufferSize = SendBufferSize;
        return socket;
    };
}
