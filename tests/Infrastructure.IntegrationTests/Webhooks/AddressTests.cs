using System.Net;
using OrderIssues.Infrastructure.Webhooks;

namespace OrderIssues.Infrastructure.IntegrationTests.Webhooks;

/// <summary>Which addresses an endpoint may have.</summary>
public sealed class AddressTests
{
    private static readonly Uri Https = new("https://hooks.example.com/");
    private static readonly Uri Http = new("http://hooks.example.com/");

    [TestCase("93.184.215.14")]
    [TestCase("1.1.1.1")]
    [TestCase("100.63.255.255")]
    [TestCase("172.32.0.1")]
    [TestCase("223.255.255.255")]
    [TestCase("2606:2800:21f:cb07:6820:80da:af6b:8b2c")]
    [TestCase("::ffff:1.1.1.1")]
    [TestCase("64:ff9b::101:101")]
    [TestCase("2002:101:101::1")]
    public void Public_addresses_are_called_by_https_alone(string text)
    {
        var address = IPAddress.Parse(text);

        Assert.That(new AllowedHosts([]).IsAllowed(Https, address), Is.True);
        Assert.That(new AllowedHosts([]).IsAllowed(Http, address), Is.False);
        Assert.That(new AllowedHosts(["hooks.example.com"]).IsAllowed(Http, address), Is.True);
    }

    [TestCase("0.0.0.0")]
    [TestCase("0.1.2.3")]
    [TestCase("10.1.2.3")]
    [TestCase("100.64.0.1")]
    [TestCase("127.0.0.1")]
    [TestCase("127.255.0.1")]
    [TestCase("172.16.0.1")]
    [TestCase("172.31.255.255")]
    [TestCase("192.0.0.1")]
    [TestCase("192.0.2.1")]
    [TestCase("192.88.99.1")]
    [TestCase("192.168.1.1")]
    [TestCase("198.18.0.1")]
    [TestCase("198.19.255.255")]
    [TestCase("198.51.100.1")]
    [TestCase("203.0.113.1")]
    [TestCase("224.0.0.1")]
    [TestCase("240.0.0.1")]
    [TestCase("255.255.255.255")]
    [TestCase("::")]
    [TestCase("::1")]
    [TestCase("::7f00:1")]
    [TestCase("::ffff:10.0.0.1")]
    [TestCase("::ffff:127.0.0.1")]
    [TestCase("64:ff9b::a00:1")]
    [TestCase("64:ff9b:1::a00:1")]
    [TestCase("64:ff9b:1::101:101")]
    [TestCase("2002:a00:1::1")]
    [TestCase("2002:7f00:1::1")]
    [TestCase("2001:0:101:101::fefe:fefe")]
    [TestCase("2606:2800::5efe:10.0.0.1")]
    [TestCase("2606:2800::200:5efe:192.168.0.1")]
    [TestCase("2001:db8::1")]
    [TestCase("3fff::1")]
    [TestCase("fc00::1")]
    [TestCase("fd12:3456::1")]
    [TestCase("fec0::1")]
    [TestCase("ff02::1")]
    [TestCase("100::1")]
    [TestCase("5f00::1")]
    public void Others_are_called_only_where_the_configuration_names_them(string text)
    {
        var address = IPAddress.Parse(text);

        Assert.That(new AllowedHosts([]).IsAllowed(Https, address), Is.False);
        Assert.That(new AllowedHosts(["other.example.com", "9.0.0.0/8"]).IsAllowed(Https, address), Is.False);
        Assert.That(new AllowedHosts(["Hooks.Example.com"]).IsAllowed(Https, address), Is.True);
        Assert.That(new AllowedHosts(["hooks.example.com"]).IsAllowed(new("http://HOOKS.example.com./"), address), Is.True);
        Assert.That(new AllowedHosts([(AddressKinds.Carrier(address) ?? address).ToString()]).IsAllowed(Http, address), Is.True);
    }

    [TestCase("169.254.169.254")]
    [TestCase("169.254.170.2")]
    [TestCase("100.100.100.200")]
    [TestCase("168.63.129.16")]
    [TestCase("192.0.0.192")]
    [TestCase("fe80::1")]
    [TestCase("fe80::1%1")]
    [TestCase("febf::1")]
    [TestCase("fd00:ec2::254")]
    [TestCase("::ffff:169.254.169.254")]
    [TestCase("::a9fe:a9fe")]
    [TestCase("64:ff9b::a9fe:a9fe")]
    [TestCase("64:ff9b:1::a9fe:a9fe")]
    [TestCase("64:ff9b:1:a9fe:a9:fe00::")]
    [TestCase("64:ff9b:1:a9:fe:a9fe::")]
    [TestCase("64:ff9b:1::a9:fea9:fe00:0")]
    [TestCase("::ffff:0:a9fe:a9fe")]
    [TestCase("fd00:ec2::23")]
    [TestCase("fd00:c1::a9fe:a9fe")]
    [TestCase("2002:a9fe:a9fe::1")]
    [TestCase("2001:0:a9fe:a9fe::1")]
    [TestCase("2001:0:101:101::5601:5601")]
    [TestCase("2606:2800::5efe:a9fe:a9fe")]
    public void Link_local_and_metadata_addresses_are_never_called(string text) =>
        Assert.That(new AllowedHosts(["hooks.example.com", "0.0.0.0/0", "::/0"]).IsAllowed(Https, IPAddress.Parse(text)), Is.False);

    [TestCase("https://hooks.example.com/", null)]
    [TestCase("https://1.1.1.1/", null)]
    [TestCase("http://hooks.example.com/", "must be an https address")]
    [TestCase("https://127.0.0.1/", "must be a public https address")]
    [TestCase("https://127.1/", "must be a public https address")]
    [TestCase("https://0x7f.1/", "must be a public https address")]
    [TestCase("https://2130706433/", "must be a public https address")]
    [TestCase("https://0177.0.0.1/", "must be a public https address")]
    [TestCase("https://[::1]/", "must be a public https address")]
    [TestCase("https://[::ffff:7f00:1]/", "must be a public https address")]
    [TestCase("https://169.254.169.254/latest", "must not be a link-local address")]
    [TestCase("https://0xa9fea9fe/", "must not be a link-local address")]
    [TestCase("https://[fe80::1%25eth0]/", "must not be a link-local address")]
    public void What_the_text_of_an_address_shows_is_refused_at_the_start(string url, string? error) =>
        Assert.That(new AllowedHosts([]).ErrorIn(new Uri(url)), error is null ? Is.Null : Does.StartWith(error));

    [TestCase("http://hooks.example.com/", "hooks.example.com")]
    [TestCase("http://hooks.example.com/", "10.0.0.0/8")]
    [TestCase("http://127.0.0.1:8080/", "127.0.0.1")]
    [TestCase("http://[::1]/", "::1")]
    [TestCase("http://bücher.example/", "bücher.example")]
    [TestCase("http://bücher.example/", "xn--bcher-kva.example")]
    public void Named_hosts_and_networks_are_taken(string url, string allowed)
    {
        Assert.That(AllowedHosts.IsHost(allowed), Is.True);
        Assert.That(new AllowedHosts([allowed]).ErrorIn(new Uri(url)), Is.Null);
    }

    [TestCase("*.example.com")]
    [TestCase("https://hooks.example.com")]
    [TestCase("hooks.example.com:80")]
    [TestCase("10.0.0.0/33")]
    [TestCase("10.0.0.0/x")]
    [TestCase("a b")]
    public void Others_are_no_hosts(string entry) => Assert.That(AllowedHosts.IsHost(entry), Is.False);
}
