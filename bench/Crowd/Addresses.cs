using System.Net;

namespace OrderIssues.Crowd;

/// <summary>All of 127.0.0.0/8 is this machine, so that each client has an address of its own.</summary>
internal static class Addresses
{
    private const int Hosts = 250;

    public static IPEndPoint Of(byte network, int number) => new(new IPAddress([127, network, (byte)(number / Hosts), (byte)((number % Hosts) + 1)]), 0);
}
