using System.Net;
using System.Net.Sockets;

namespace OrderIssues.Crowd;

/// <summary>One that calls from an address of its own, as the clients of an attack do, and again whenever its connection ends.</summary>
internal sealed class Client(int number, IPEndPoint service)
{
    private const int SmallBuffer = 4 * 1024;

    public int Connections { get; private set; }

    /// <summary>How many of them the service ended.</summary>
    public int Ended { get; private set; }

    public async Task StayAsync(Func<Socket, CancellationToken, Task> behave, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = SmallBuffer, NoDelay = true };
            try
            {
                socket.Bind(Addresses.Of(1, number));
                await socket.ConnectAsync(service, end);
                Connections++;
                await behave(socket, end);
                Ended++;
            }
            catch (SocketException)
            {
                Ended++;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }
    }
}
