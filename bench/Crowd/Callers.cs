using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace OrderIssues.Crowd;

/// <summary>Those who mean well: each reads an issue and reports one by turns, some requests a second, from an address of its own.</summary>
internal sealed class Callers(IPEndPoint service)
{
    private const string Issue = """
        {"OrderId":"111-0944945-3989852","channel":"freshdesk","source":"freshdesk","ticketId":"18362","issueType":"delivery issue",
        "customerName":"Josh","customerEmail":"josh@example.com","customerReachedAt":"2025-11-19T22:36:28Z","status":"open"}
        """;

    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);
    private readonly Lock sync = new();
    private readonly Dictionary<HttpMethod, List<double>> milliseconds = new() { [HttpMethod.Get] = [], [HttpMethod.Post] = [] };
    private int failed;

    public async Task CallAsync(int number, CancellationToken end)
    {
        using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, cancellation) => ConnectAsync(number, cancellation) })
        {
            BaseAddress = new Uri($"http://{service}"),
            Timeout = RequestTimeout,
        };
        for (var i = number; !end.IsCancellationRequested; i++)
        {
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
            using var request = i % 2 == 0
                ? new HttpRequestMessage(HttpMethod.Get, "/api/order-issue/1600001")
                : new HttpRequestMessage(HttpMethod.Post, "/api/order-issue/create") { Content = new StringContent(Issue, Encoding.UTF8, Json) };
            var start = TimeProvider.System.GetTimestamp();
            var succeeded = await SucceedsAsync(http, request);
            var took = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
            lock (sync)
            {
                failed += succeeded ? 0 : 1;
                milliseconds[request.Method].Add(took);
            }
        }
    }

    /// <summary>Requests, those that failed, and the median, the 99th percentile and the longest of the reads and of the reports in milliseconds.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{milliseconds.Values.Sum(list => list.Count)} {failed} {Figures(milliseconds[HttpMethod.Get])} {Figures(milliseconds[HttpMethod.Post])}");

    private static string Figures(List<double> all)
    {
        all.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{all[all.Count / 2]:f1} {all[all.Count * 99 / 100]:f1} {all[^1]:f0}");
    }

    private static async Task<bool> SucceedsAsync(HttpClient http, HttpRequestMessage request)
    {
        try
        {
            using var answer = await http.SendAsync(request, CancellationToken.None);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private async ValueTask<Stream> ConnectAsync(int number, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(Addresses.Of(2, number));
        await socket.ConnectAsync(service, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
