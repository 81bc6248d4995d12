using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Testcontainers.MongoDb;

namespace OrderIssues.TestCommon;

/// <summary>
/// A MongoDB for tests: the server of <c>ORDERISSUE_TEST_MONGODB</c>, else a <c>mongod</c> on the PATH, else one in Docker. One a test process.
/// </summary>
public static partial class MongoServer
{
    /// <summary>How to get one.</summary>
    public const string HowTo = "No MongoDB: set ORDERISSUE_TEST_MONGODB to a server's URI, put mongod on the PATH, or start Docker.";

    private static readonly Lazy<Task<string?>> Server = new(StartAsync);

    /// <summary>
    /// The URI of a database of the caller's own on it; null where there is no server. Whoever wants a connection waits half a minute for it:
    /// a hundred tests at once are no fault.
    /// </summary>
    public static async Task<string?> NewDatabaseAsync()
    {
        if (await Server.Value is not { } server)
        {
            return null;
        }

        var uri = DatabaseOfUri().Replace(server, $"$1/test_{Guid.NewGuid():N}", 1);
        return $"{uri}{(uri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}waitQueueTimeoutMS=30000";
    }

    [GeneratedRegex(@"\A(mongodb(?:\+srv)?://[^/?]+)(?:/[^?]*)?")]
    private static partial Regex DatabaseOfUri();

    private static async Task<string?> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("ORDERISSUE_TEST_MONGODB") is { Length: > 0 } uri)
        {
            return uri;
        }

        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (path.Select(folder => Path.Combine(folder, "mongod")).FirstOrDefault(File.Exists) is { } mongod)
        {
            return Start(mongod);
        }

        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is not { Length: > 0 } && !File.Exists("/var/run/docker.sock"))
        {
            return null;
        }

        var container = new MongoDbBuilder("mongo:8").WithUsername("").WithPassword("").Build();
        await container.StartAsync();
        return container.GetConnectionString();
    }

    private static string Start(string mongod)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var folder = new TemporaryFolder();
        string[] arguments =
        [
            "--dbpath", folder.Path, "--port", $"{port}", "--bind_ip", "127.0.0.1", "--quiet", "--setParameter", "enableTestCommands=1",
        ];
        var process = Process.Start(new ProcessStartInfo(mongod, arguments)
        {
            RedirectStandardOutput = true,
        })!;
        process.BeginOutputReadLine();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            process.Kill();
            process.WaitForExit();
            folder.Dispose();
        };
        return $"mongodb://127.0.0.1:{port}";
    }
}
