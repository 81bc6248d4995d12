using System.Net;

namespace OrderIssues.WebApi.Hosting;

internal static class ListenAddresses
{
    private const string Default = "http://localhost:5080";

    /// <summary>Checks <c>ASPNETCORE_URLS</c>, or sets the default.</summary>
    /// <exception cref="StartupException">A configured address isn't one.</exception>
    public static void Configure(IConfiguration configuration)
    {
        var addresses = configuration[WebHostDefaults.ServerUrlsKey];
        if (string.IsNullOrWhiteSpace(addresses))
        {
            configuration[WebHostDefaults.ServerUrlsKey] = Default;
            return;
        }

        foreach (var address in addresses.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IsAddress(address))
            {
                throw new StartupException($"ASPNETCORE_URLS: '{address}' isn't an address such as {Default}.");
            }
        }
    }

    private static bool IsAddress(string address)
    {
        try
        {
            return BindingAddress.Parse(address) is { Scheme: "http" or "https", Port: >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
