using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;
using MongoDB.Driver.Core.Servers;

namespace OrderIssues.Infrastructure.IntegrationTests.Records;

/// <summary>Way to MongoDB that loses the answer to each update and sends it once more, as a driver does whose connection breaks.</summary>
internal sealed class ResendingProxy : IDisposable
{
    private const int HeaderBytes = 16;

    /// <summary>Header, flags and the kind of the section, which come before a command.</summary>
    private const int BytesBeforeCommand = HeaderBytes + sizeof(int) + 1;
    private static readonly byte[] Update = Encoding.ASCII.GetBytes("\u0002update\0");
    private static readonly byte[] Find = Encoding.ASCII.GetBytes("\u0002find\0");

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly MongoServerAddress server;
    private int resent;

    /// <param name="uri">URI of the server and a database there.</param>
    public ResendingProxy(string uri)
    {
        server = new MongoUrl(uri).Server;
        listener.Start();
        Uri = new MongoUrlBuilder(uri)
        {
            Server = new MongoServerAddress("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port),
            DirectConnection = true,
            ServerMonitoringMode = ServerMonitoringMode.Poll,
        }.ToString();
        _ = AcceptAsync();
    }

    public string Uri { get; }

    public int Resent => resent;

    /// <summary>Commands that read.</summary>
    public ConcurrentQueue<BsonDocument> Finds { get; } = [];

    public void Dispose() => listener.Dispose();

    private static async Task<byte[]?> ReadAsync(NetworkStream stream)
    {
        var header = new byte[HeaderBytes];
        if (await stream.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
        {
            return null;
        }

        var message = new byte[BinaryPrimitives.ReadInt32LittleEndian(header)];
        header.CopyTo(message, 0);
        await stream.ReadExactlyAsync(message.AsMemory(HeaderBytes));
        return message;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var accepted = client;
        using var connection = new TcpClient();
        try
        {
            await connection.ConnectAsync(server.Host, server.Port);
            var (near, far) = (accepted.GetStream(), connection.GetStream());
            while (await ReadAsync(near) is { } request)
            {
                if (request.AsSpan().IndexOf(Find) >= 0)
                {
                    Finds.Enqueue(BsonSerializer.Deserialize<BsonDocument>(request[BytesBeforeCommand..]));
                }

                var isUpdate = request.AsSpan().IndexOf(Update) >= 0;
                for (var times = isUpdate ? 2 : 1; times > 0; times--)
                {
                    await far.WriteAsync(request);
                    var answer = (await ReadAsync(far))!;
                    await (times == 1 ? near.WriteAsync(answer).AsTask() : Task.CompletedTask);
                }

                resent += isUpdate ? 1 : 0;
            }
        }
        catch (IOException)
        {
            // Either side is gone.
        }
    }
}
