using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OrderIssues.Soak;

/// <summary>A way to a server that can be cut and stalled.</summary>
internal sealed class Link : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> clients = new();
    private readonly string host;
    private readonly int port;
    private volatile bool isCut;
    private volatile TaskCompletionSource? stalled;

    public Link(string host, int port)
    {
        (this.host, this.port) = (host, port);
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Cut()
    {
        isCut = true;
        foreach (var client in clients.Keys)
        {
            client.Close();
        }
    }

    public void Stall() => stalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Mend()
    {
        isCut = false;
        stalled?.TrySetResult();
        stalled = null;
    }

    public void Dispose()
    {
        Cut();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            _ = ConnectAsync(await listener.AcceptTcpClientAsync());
        }
    }

    private async Task ConnectAsync(TcpClient client)
    {
        using var server = new TcpClient();
        try
        {
            if (isCut)
            {
                return;
            }

            clients[client] = true;
            await server.ConnectAsync(host, port);
            await Task.WhenAny(CopyAsync(client.GetStream(), server.GetStream()), CopyAsync(server.GetStream(), client.GetStream()));
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The way was cut, or one of the two has gone.
        }
        finally
        {
            clients.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer) is var read and > 0)
        {
            if (stalled is { } wait)
            {
                await wait.Task;
            }

            await to.WriteAsync(buffer.AsMemory(0, read));
        }
    }
}
