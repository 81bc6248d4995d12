using System.Net;

namespace OrderIssues.Infrastructure.Webhooks;

/// <summary>Decides which addresses endpoints may have.</summary>
/// <param name="entries">Hosts, addresses and networks of the configuration.</param>
internal sealed class AllowedHosts(IReadOnlyList<string> entries)
{
    public const string Key = "Webhooks:AllowedHosts";

    private readonly HashSet<string> names = [.. entries.Where(entry => NetworkOf(entry) is null).Select(Normalize)];
    private readonly IReadOnlyList<IPNetwork> networks = [.. entries.Select(NetworkOf).OfType<IPNetwork>()];

    public static bool IsHost(string entry) => NetworkOf(entry) is not null || Uri.CheckHostName(entry) == UriHostNameType.Dns;

    /// <summary>Tells why an endpoint can't have this address, as far as its text shows; null if it may.</summary>
    public string? ErrorIn(Uri url)
    {
        var address = IPAddress.TryParse(url.IdnHost, out var parsed) ? parsed : null;
        return address is not null && AddressKinds.IsForbidden(address) ? "must not be a link-local address, nor one of a cloud's metadata."
            : address is not null && !IsAllowed(url, address)
                ? $"must be a public https address, unless {Key} names its host or network."
            : url.Scheme != Uri.UriSchemeHttps && !IsNamed(url) && networks.Count == 0
                ? $"must be an https address, unless {Key} names its host or network."
            : null;
    }

    /// <summary>True where a connection to this address may be made for that URL.</summary>
    public bool IsAllowed(Uri url, IPAddress address) =>
        !AddressKinds.IsForbidden(address)
        && (IsNamed(url)
            || networks.Any(network => network.Contains(AddressKinds.Carrier(address) ?? address))
            || (url.Scheme == Uri.UriSchemeHttps && AddressKinds.IsPublic(address)));

    private bool IsNamed(Uri url) => names.Contains(url.IdnHost.TrimEnd('.'));

    /// <summary>Normalizes a host to ASCII in small letters, without the dot of the root.</summary>
    private static string Normalize(string host) => new Uri($"https://{host}").IdnHost.TrimEnd('.');

    private static IPNetwork? NetworkOf(string entry) =>
        IPNetwork.TryParse(entry, out var network) ? network
        : Uri.CheckHostName(entry) is UriHostNameType.IPv4 or UriHostNameType.IPv6 && IPAddress.TryParse(entry, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : null;
}
