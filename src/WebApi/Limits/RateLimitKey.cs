using System.Buffers.Binary;
using System.Net;

namespace OrderIssues.WebApi.Limits;

/// <summary>Caller to limit: credential, else address.</summary>
/// <param name="Name">Name of the credential; null without one.</param>
/// <param name="Network">IPv4 address, or IPv6 network of 64 bits, since its owner has all 2^64 addresses.</param>
internal readonly record struct RateLimitKey(string? Name, UInt128 Network)
{
    private const int NetworkBytes = 8;

    public static RateLimitKey Of(HttpContext context) => context.User.Identity is { IsAuthenticated: true, Name: { } name }
        ? new(name, UInt128.Zero)
        : new(null, NetworkOf(context.Connection.RemoteIpAddress));

    // A Unix socket has no address: zero.
    private static UInt128 NetworkOf(IPAddress? address)
    {
        if (address is null)
        {
            return UInt128.Zero;
        }

        // A dual-stack socket shows IPv4 as ::ffff:a.b.c.d; the first half is the same for all.
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
