using System.Net.Sockets;

namespace OrderIssues.WebApi.FunctionalTests.Hosting;

/// <summary>A download of which nothing but the head is read at first, with next to no room for what follows it.</summary>
internal sealed class SlowDownload : IDisposable
{
    private readonly HttpClient client;
    private readonly HttpResponseMessage response;

    private SlowDownload(HttpClient client, HttpResponseMessage response)
    {
        this.client = client;
        this.response = response;
    }

    public HttpContent Content => response.EnsureSuccessStatusCode().Content;

    public static async Task<SlowDownload> StartAsync(Api api, string path)
    {
        var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync, MaxResponseDrainSize = 0 }) { BaseAddress = api.Address };
        return new SlowDownload(client, await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead));
    }

    /// <summary>Closes the connection, however much is still to come.</summary>
    public void Dispose()
    {
        response.Dispose();
        client.Dispose();
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4 * 1024 };
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
