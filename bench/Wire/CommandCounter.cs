using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MongoDB.Driver;

namespace OrderIssues.Wire;

/// <summary>Way to a MongoDB server that counts the commands sent on it.</summary>
internal sealed class CommandCounter(MongoServerAddress server)
{
    private const int HeaderBytes = 16;

    /// <summary>Place of a command's name: after the header, flags, kind of section, length of the document and type of its first value.</summary>
    // https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/#op_msg
    private const int NameAt = HeaderBytes + 10;
    private const int OpMsg = 2013;

    /// <summary>Commands that a driver sends whether there are requests or not.</summary>
    private static readonly HashSet<string> Background = ["hello", "isMaster", "ismaster", "ping", "endSessions", "buildInfo"];
    private readonly ConcurrentDictionary<string, int> counts = new();

    /// <summary>Accepts connections until the process ends.</summary>
    public async Task ListenAsync(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        while (true)
        {
            _ = ServeAsync(await listener.AcceptTcpClientAsync());
        }
    }

    /// <summary>Takes the counts, and begins again at zero.</summary>
    public IReadOnlyDictionary<string, int> Take()
    {
        var taken = new Dictionary<string, int>(counts);
        counts.Clear();
        return taken;
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(server.Host, server.Port);
            near.NoDelay = far.NoDelay = true;
            var answers = far.GetStream().CopyToAsync(near.GetStream());
            while (await ReadAsync(near.GetStream()) is { } message)
            {
                Count(message);
                await far.GetStream().WriteAsync(message);
            }

            far.Client.Shutdown(SocketShutdown.Send);
            await answers;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // Either side is gone.
        }
    }

    private void Count(byte[] message)
    {
        if (BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(12)) == OpMsg)
        {
            var command = TextAt(message, NameAt);
            if (!Background.Contains(command) && !Publishes(command, TextAt(message, NameAt + command.Length + 1 + sizeof(int))))
            {
                counts.AddOrUpdate(command, 1, (_, count) => count + 1);
            }
        }
    }

    /// <summary>True for the commands by which an instance publishes events, also while there are no requests.</summary>
    private static bool Publishes(string command, string collection) =>
        collection is "orderissueevents" or "records" || command is "aggregate" or "update" or "listCollections";

    private static string TextAt(byte[] message, int start)
    {
        var text = message.AsSpan(Math.Min(start, message.Length));
        return Encoding.ASCII.GetString(text[..Math.Max(text.IndexOf((byte)0), 0)]);
    }

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
}
