using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using OrderIssues.TestCommon;

namespace OrderIssues.WebApi.FunctionalTests.Hosting;

/// <summary>nginx in front of the service, as docs/operations.md sets it up.</summary>
internal sealed partial class Nginx : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly int port = FreePort();
    private readonly Process process;

    public Nginx(Uri service)
    {
        Tools.Require("nginx");
        var location = Block().Match(File.ReadAllText(Path.Combine(Repository.Root, "docs/operations.md"))).Groups[1].Value
            .Replace("http://127.0.0.1:5080", service.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
        var paths = string.Concat(
            new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(name => $"{name}_temp_path {folder.Path}/{name};\n"));
        var file = Path.Combine(folder.Path, "nginx.conf");
        File.WriteAllText(file, $$"""
            daemon off;
            master_process off;
            pid {{folder.Path}}/nginx.pid;
            error_log stderr;
            events { }
            http {
                access_log off;
                {{paths}}
                server {
                    listen 127.0.0.1:{{port}};
                    {{location}}
                }
            }
            """);
        process = Process.Start(new ProcessStartInfo("nginx", ["-e", "stderr", "-p", folder.Path, "-c", file]))!;
    }

    /// <summary>Calls through nginx, from an address of this machine.</summary>
    public Api From(string address) => new(new HttpClient(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri($"http://127.0.0.1:{port}"),
    });

    public async Task WaitAsync()
    {
        using var client = new TcpClient();
        while (!client.Connected && !process.HasExited)
        {
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        folder.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("```nginx\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
