using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OrderIssues.WebApi.Limits;

/// <summary>What the server takes from a connection, before there is a request and while one is read or answered.</summary>
internal static class ServerLimits
{
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

        // Idle ones cost 20 kB or so each. More than these would take files from the store.
        limits.MaxConcurrentConnections = 10_000;

        // Longer than load balancers keep theirs (60 s), so that none sends a request into a connection that is being closed.
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);

        // What comes or goes more slowly on average is cut off. A body is at most 1 MiB; an export goes in pieces of 64 KiB.
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 4 * 1024, gracePeriod: TimeSpan.FromSeconds(10));
    }
}
