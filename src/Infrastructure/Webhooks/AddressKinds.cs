using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace OrderIssues.Infrastructure.Webhooks;

/// <summary>Tells which addresses are public, and which must never be called (RFC 6890 and the registries of IANA).</summary>
internal static class AddressKinds
{
    /// <summary>Link-local addresses, and those where clouds give credentials to whoever asks.</summary>
    private static readonly IPNetwork[] Never = Networks(
        "169.254.0.0/16", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32",
        "fe80::/10", "fd00:ec2::/32", "fd20:ce::254/128", "fd00:42::42/128", "fd00:c1::a9fe:a9fe/128");

    private static readonly IPNetwork[] NotPublic = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Compatible = IPNetwork.Parse("::/96");
    private static readonly IPNetwork Translatable = IPNetwork.Parse("::ffff:0:0:0/96");
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork TranslatedLocally = IPNetwork.Parse("64:ff9b:1::/48");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    /// <summary>True for addresses that not even the configuration can allow.</summary>
    public static bool IsForbidden(IPAddress address) => Within(address, Never) || Embedded(address).Any(inner => Within(inner, Never));

    /// <summary>True for addresses that everybody on the internet can reach.</summary>
    public static bool IsPublic(IPAddress address) =>
        Carrier(address) is { } carried ? IsPublicItself(carried)
        : IsPublicItself(address) && Embedded(address).All(IsPublicItself);

    /// <summary>IPv4 address that a packet to this IPv6 address goes to.</summary>
    public static IPAddress? Carrier(IPAddress address) =>
        address.AddressFamily != AddressFamily.InterNetworkV6 ? null
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : Translated.Contains(Plain(address)) || SixToFour.Contains(Plain(address)) ? Embedded(address).First()
        : null;

    private static bool IsPublicItself(IPAddress address) =>
        !Within(address, Never) && !Within(address, NotPublic)
        && (address.AddressFamily == AddressFamily.InterNetwork || Global.Contains(Plain(address)));

    /// <summary>IPv4 addresses inside an IPv6 address.</summary>
    private static IEnumerable<IPAddress> Embedded(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return [];
        }

        var plain = Plain(address);
        var bytes = plain.GetAddressBytes();
        return address.IsIPv4MappedToIPv6 || new[] { Compatible, Translatable, Translated }.Any(network => network.Contains(plain))
            ? [At(bytes, 12)]
            : SixToFour.Contains(plain) ? [At(bytes, 2)]

            // RFC 6052 section 2.2: after a prefix of 96, 64, 56 and 48 bits, without the ninth byte.
            : TranslatedLocally.Contains(plain)
                ? [At(bytes, 12), At(bytes, 9), new([bytes[7], .. bytes[9..12]]), new([.. bytes[6..8], .. bytes[9..11]])]
            : Teredo.Contains(plain) ? [At(bytes, 4), new([.. bytes[12..].Select(part => (byte)~part)])]

            // ISATAP (RFC 5214 section 6.1).
            : (BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(8)) & 0xFDFF_FFFF) == 0x5EFE ? [At(bytes, 12)]
            : [];
    }

    private static IPAddress At(byte[] bytes, int index) => new(bytes.AsSpan(index, 4));

    /// <summary>Without the zone, which networks don't have.</summary>
    private static IPAddress Plain(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()) : address;

    private static bool Within(IPAddress address, IPNetwork[] networks) =>
        networks.Any(network => network.Contains(Plain(address)));

    private static IPNetwork[] Networks(params string[] networks) => [.. networks.Select(network => IPNetwork.Parse(network))];
}
