using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace OrderIssues.WebApi.Hosting;

internal static class ListenAddresses
{
    private const string Default = "http://localhost:5080";
    private const string Urls = "ASPNETCORE_URLS";
    private const string Endpoints = "Kestrel:Endpoints";
    private static readonly string[] Ports = [WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];

    /// <summary>Checks the configured addresses, or sets the default.</summary>
    /// <exception cref="StartupException">A configured address can't be opened as written.</exception>
    public static void Configure(IConfiguration configuration)
    {
        var urls = Split(configuration[WebHostDefaults.ServerUrlsKey]);
        var ports = Ports.SelectMany(key => Split(configuration[key]).Select(port => (Key: $"ASPNETCORE_{key.ToUpperInvariant()}", port)));
        var endpoints = configuration.GetSection(Endpoints).GetChildren().ToList();
        if (urls.Length == 0 && !ports.Any() && endpoints.Count == 0)
        {
            configuration[WebHostDefaults.ServerUrlsKey] = Default;
        }

        Require(urls.Select(url => (Urls, url)), IsAddress, Default);
        Require(endpoints.Select(endpoint => ($"{endpoint.Path}:Url", endpoint["Url"] ?? "")), IsAddress, Default);
        Require(ports, IsPort, "5080");
    }

    /// <summary>Listens at one more address than is configured.</summary>
    /// <param name="configuration">Configuration, in which the address is then.</param>
    /// <param name="key">Setting that has it.</param>
    /// <param name="address">Address.</param>
    /// <exception cref="StartupException">It can't be opened as written: a name would open all addresses of the machine.</exception>
    public static void Add(IConfiguration configuration, string key, Uri address)
    {
        Require([(key, address.OriginalString)], text => address.Port != 0 && IsAddress(text), "http://127.0.0.1:9464");
        if (configuration.GetSection(Endpoints).Exists())
        {
            // Kestrel reads its endpoints only, once there are some.
            configuration[$"{Endpoints}:Metrics:Url"] = address.GetLeftPart(UriPartial.Authority);
            return;
        }

        var urls = Split(configuration[WebHostDefaults.ServerUrlsKey]);
        var ports = urls.Length > 0 ? [] : Ports.SelectMany(key => Split(configuration[key]).Select(port => $"{SchemeOf(key)}://*:{port}"));
        configuration[WebHostDefaults.ServerUrlsKey] = string.Join(';', [.. urls, .. ports, address.GetLeftPart(UriPartial.Authority)]);
        foreach (var merged in Ports)
        {
            configuration[merged] = "";
        }
    }

    /// <summary>Starts the service.</summary>
    /// <exception cref="StartupException">An address can't be opened.</exception>
    public static async Task ListenAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException or CryptographicException || IsOfServer(exception))
        {
            var urls = app.Configuration[WebHostDefaults.ServerUrlsKey];
            var setting = app.Configuration.GetSection(Endpoints).Exists() ? Endpoints
                : string.IsNullOrEmpty(urls) ? "ASPNETCORE_HTTP_PORTS" : $"{Urls}: '{urls}'";
            throw new StartupException($"{setting}: {exception.Message}");
        }
    }

    private static string SchemeOf(string portsKey) => portsKey == WebHostDefaults.HttpPortsKey ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;

    private static string[] Split(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static void Require(IEnumerable<(string Key, string Value)> values, Predicate<string> isValid, string example)
    {
        foreach (var (key, value) in values.Where(value => !isValid(value.Value)))
        {
            throw new StartupException($"{key}: '{value}' can't be listened on; {example} could.");
        }
    }

    // Kestrel opens all addresses of the machine for a host that is neither localhost nor an IP address.
    private static bool IsAddress(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            return address is { Scheme: "http" or "https", PathBase: "" }
                && (address.IsUnixPipe || address.IsNamedPipe
                    || (address.Port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort
                        && (address.Host is "*" or "+" || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                            || IPAddress.TryParse(address.Host, out _))));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsPort(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    // Such as a missing certificate.
    private static bool IsOfServer(Exception exception) =>
        exception.Source?.StartsWith("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal) == true;
}
