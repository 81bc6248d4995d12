using System.Buffers.Binary;
using System.Net;

namespace OrderIssues.WebApi.Limits;

/// <summary>Who calls, as far as limits go: a credential, else an address; of IPv6 the network, since whoever has one has 2^64 addresses.</summary>
/// <param name="Name">The name of the credential; null where there is none, so that no name is an address.</param>
/// <param name="Network">The address, or its network.</param>
internal readonly record struct RateLimitKey(string? Name, UInt128 Network)
{
    private const int NetworkBytes = 8;

    public static RateLimitKey Of(HttpContext context) => context.User.Identity is { IsAuthenticated: true, Name: { } name }
        ? new(name, UInt128.Zero)
        : new(null, NetworkOf(context.Connection.RemoteIpAddress));

    /// <summary>Zero where there is no address, as on a Unix socket.</summary>
    private static UInt128 NetworkOf(IPAddress? address)
    {
        if (address is null)
        {
            return UInt128.Zero;
        }

        // A socket for both versions gives IPv4 as ::ffff:a.b.c.d, which are no one's network.
        Span<byte> bytes = stackalloc byte[16];
        var whole = address.MapToIPv6();
        whole.TryWriteBytes(bytes, out _);
        if (!whole.IsIPv4MappedToIPv6)
        {
            bytes[NetworkBytes..].Clear();
        }

        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
