using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MongoDB.Driver;

namespace OrderIssues.TestCommon;

/// <summary>A way to MongoDB that can be cut, stalled and restored.</summary>
public sealed class TcpProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> clients = new();
    private readonly string host;
    private readonly int port;
    private volatile bool isCut;
    private volatile TaskCompletionSource? stalled;

    /// <param name="uri">Of the server, and of a database there.</param>
    public TcpProxy(string uri)
    {
        var url = new MongoUrl(uri);
        (host, port) = (url.Server.Host, url.Server.Port);
        listener.Start();
        Uri = new MongoUrlBuilder(uri) { Server = new MongoServerAddress("127.0.0.1", Port), DirectConnection = true }.ToString();
        _ = AcceptAsync();
    }

    /// <summary>What answers a message in the server's place; nothing: the server.</summary>
    public Func<byte[], byte[]?> Instead { get; set; } = _ => null;

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The same database by this way.</summary>
    public string Uri { get; }

    /// <summary>Ends every connection, and each new one at once.</summary>
    public void Cut()
    {
        isCut = true;
        foreach (var client in clients.Keys)
        {
            client.Close();
        }
    }

    /// <summary>Lets nothing through, and says nothing.</summary>
    public void Stall() => stalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Restore()
    {
        isCut = false;
        stalled?.TrySetResult();
        stalled = null;
    }

    public void Dispose()
    {
        Cut();
        stalled?.TrySetResult();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ConnectAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
        {
            // The proxy was disposed of.
        }
    }

    private async Task ConnectAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            clients[client] = true;
            clients[server] = true;
            try
            {
                if (!isCut)
                {
                    await server.ConnectAsync(host, port);
                    await Task.WhenAny(PumpAsync(client, server, message => Instead(message)), PumpAsync(server, client, _ => null));
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // Cut while it connected.
            }

            clients.TryRemove(client, out _);
            clients.TryRemove(server, out _);
        }
    }

    /// <summary>A message begins with its length (https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/); it may come in pieces.</summary>
    private static async Task<byte[]> WholeAsync(byte[] start, NetworkStream rest)
    {
        var missing = start.Length < sizeof(int) ? 0 : Math.Max(BitConverter.ToInt32(start) - start.Length, 0);
        var end = new byte[missing];
        await rest.ReadExactlyAsync(end);
        return [.. start, .. end];
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, Func<byte[], byte[]?> instead)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await from.GetStream().ReadAsync(buffer)) > 0)
            {
                await (stalled?.Task ?? Task.CompletedTask);
                var message = await WholeAsync(buffer[..count], from.GetStream());
                var answer = instead(message);
                await (answer is null ? to : from).GetStream().WriteAsync(answer ?? message);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut, or one side went away: the other is told by closing it.
        }
    }
}
