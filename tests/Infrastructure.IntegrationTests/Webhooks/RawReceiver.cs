using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrderIssues.Infrastructure.IntegrationTests.Webhooks;

/// <summary>A receiver that answers with bytes as they are, on this machine.</summary>
internal sealed class RawReceiver : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> requests = new();
    private int connections;

    public RawReceiver(string answer)
    {
        Answer = answer;
        listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Answer to every request; empty: closes the connection.</summary>
    public string Answer { get; set; }

    /// <summary>Follows the answer again and again, until the caller closes the connection.</summary>
    public string? Endless { get; init; }

    public Uri Url => new($"http://hooks.example.com:{((IPEndPoint)listener.LocalEndpoint).Port}/path?token=t");

    /// <summary>Requests, each with its body.</summary>
    public IReadOnlyCollection<string> Requests => requests;

    public int Connections => connections;

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        while (await listener.AcceptTcpClientAsync() is { } client)
        {
            Interlocked.Increment(ref connections);
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        var stream = client.GetStream();
        while (await ReadRequestAsync(stream) is { } request)
        {
            requests.Enqueue(request);
            if (Answer.Length == 0 && Endless is null)
            {
                return;
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(Answer));
            while (Endless is not null)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Endless));
                await Task.Yield();
            }
        }
    }

    private static async Task<string?> ReadRequestAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[8 * 1024];
        while (await stream.ReadAsync(buffer) is > 0 and var read)
        {
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            var request = text.ToString();
            var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var length = request.IndexOf("Content-Length: ", StringComparison.Ordinal);
            if (text[0] != 'P')
            {
                // TLS, which this isn't.
                return request;
            }

            if (end > 0 && request.Length >= end + 4 + int.Parse(request[(length + 16)..].Split('\r')[0], null))
            {
                return Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(request));
            }
        }

        return null;
    }
}
