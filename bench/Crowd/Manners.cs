using System.Net.Sockets;
using System.Text;

namespace OrderIssues.Crowd;

/// <summary>What the clients do with a connection. It returns when the service ends it.</summary>
internal static class Manners
{
    private static readonly byte[] Chunk = Encoding.ASCII.GetBytes($"4000\r\n{new string(' ', 0x4000)}\r\n");
    private static readonly byte[] ManyHeaders = Encoding.ASCII.GetBytes(
        $"GET /api/order-issue/1600001 HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, 95).Select(i => $"X-{i}: {new string('x', 300)}\r\n"))}\r\n");

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static Func<Socket, CancellationToken, Task> Of(string kind) => kind switch
    {
        "idle" => IdleAsync,
        "slow_headers" => (socket, end) => DripAsync(socket, "GET /api/order-issue/1600001 HTTP/1.1\r\nHost: x\r\nX: ", end),
        "slow_bodies" => (socket, end) => DripAsync(socket, Post($"Content-Length: 1000000\r\n\r\n{new string(' ', 900_000)}"), end),
        "slow_readers" => ReadSlowlyAsync,
        "endless_chunks" => (socket, end) => RepeatAsync(socket, Post("Transfer-Encoding: chunked\r\n\r\n"), Chunk, end),
        "header_floods" => (socket, end) => RepeatAsync(socket, "", ManyHeaders, end),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string Post(string rest) => $"POST /api/order-issue/create HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{rest}";

    private static async Task IdleAsync(Socket socket, CancellationToken end) => await socket.ReceiveAsync(new byte[1], end);

    /// <summary>The start at once, and then a byte a second.</summary>
    private static async Task DripAsync(Socket socket, string start, CancellationToken end)
    {
        var ended = IdleAsync(socket, end);
        await SendAsync(socket, Encoding.ASCII.GetBytes(start), end);
        while (!ended.IsCompleted)
        {
            await Task.WhenAny(ended, Task.Delay(Pause, TimeProvider.System, end));
            end.ThrowIfCancellationRequested();
            await SendAsync(socket, " "u8.ToArray(), end);
        }
    }

    /// <summary>An export, a kilobyte a second.</summary>
    private static async Task ReadSlowlyAsync(Socket socket, CancellationToken end)
    {
        await SendAsync(socket, Encoding.ASCII.GetBytes("GET /api/order-issue/export?format=ndjson HTTP/1.1\r\nHost: x\r\n\r\n"), end);
        var buffer = new byte[1024];
        while (await socket.ReceiveAsync(buffer, end) > 0)
        {
            await Task.Delay(Pause, TimeProvider.System, end);
        }
    }

    /// <summary>The start, and then the same again and again as fast as the service takes it. What it answers is read.</summary>
    private static async Task RepeatAsync(Socket socket, string start, byte[] rest, CancellationToken end)
    {
        var ended = DrainAsync(socket, end);
        await SendAsync(socket, Encoding.ASCII.GetBytes(start), end);
        while (!ended.IsCompleted)
        {
            await SendAsync(socket, rest, end);
        }
    }

    private static async Task DrainAsync(Socket socket, CancellationToken end)
    {
        var buffer = new byte[16 * 1024];
        while (await socket.ReceiveAsync(buffer, end) > 0)
        {
        }
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken end)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, end)..];
        }
    }
}
