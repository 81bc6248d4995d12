using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using OrderIssues.Application.Webhooks;

namespace OrderIssues.Infrastructure.Webhooks;

/// <summary>Posts events as Standard Webhooks 1.0.0 says it.</summary>
internal sealed class WebhookSender : IWebhookSender, IDisposable
{
    /// <summary>Bytes of an answer that are read, so that its connection can be used again.</summary>
    private const int MaxAnswerBytes = 4 * 1024;

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FinishTimeout = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, (Uri Url, SigningSecrets Secrets)> endpoints;
    private readonly HttpMessageInvoker http;
    private readonly TimeProvider time;

    public WebhookSender(IEnumerable<WebhookEndpointOptions> endpoints, CheckedConnector connector, TimeProvider time)
    {
        this.endpoints = endpoints.ToDictionary(
            endpoint => endpoint.Name!,
            endpoint => (endpoint.Url!, SigningSecrets.Parse(endpoint.Secret!)));
        this.time = time;
        http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = connector.ConnectAsync,
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),

            // Shorter than servers keep idle connections: one that is being closed would lose a message.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(4),
        });
    }

    public async Task<DeliveryOutcome> SendAsync(
        WebhookEndpoint endpoint, string messageId, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var timeout = new CancellationTokenSource(AttemptTimeout, time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        DeliveryOutcome outcome;
        try
        {
            using var request = RequestOf(endpoint, messageId, body);
            using var response = await http.SendAsync(request, ends.Token);
            timeout.CancelAfter(FinishTimeout);
            await FinishAsync(response, ends.Token);
            outcome = OutcomeOf(response);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            outcome = new() { Error = $"The receiver didn't answer within {AttemptTimeout.TotalSeconds} seconds.", TimedOut = true };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            outcome = new() { Error = ErrorOf(exception) };
        }

        return outcome with { Duration = time.GetElapsedTime(start) };
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage RequestOf(WebhookEndpoint endpoint, string id, ReadOnlyMemory<byte> body)
    {
        var (url, secrets) = endpoints[endpoint.Name];
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new HttpRequestMessage(HttpMethod.Post, url)
        {
            Headers =
            {
                { "webhook-id", id },
                { "webhook-timestamp", timestamp },
                { "webhook-signature", secrets.Sign(id, timestamp, body.Span) },
                { "User-Agent", "order-issue-service/1" },
            },
            Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
    }

    /// <summary>Reads the rest of a short answer. Its status counts however the rest comes.</summary>
    private static async Task FinishAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            await body.ReadAtLeastAsync(new byte[MaxAnswerBytes], MaxAnswerBytes, throwOnEndOfStream: false, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            // Cut off, or too slow.
        }
    }

    private DeliveryOutcome OutcomeOf(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - time.GetUtcNow() : null;
        return response.IsSuccessStatusCode ? new() : new()
        {
            Error = $"The receiver answered with the status {(int)response.StatusCode}.",
            IsGone = response.StatusCode == HttpStatusCode.Gone,
            RetryAfter = wait > TimeSpan.Zero ? wait : null,
        };
    }

    /// <summary>Tells what failed, without exceptions' texts: they name addresses.</summary>
    private static string ErrorOf(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case AddressNotAllowedException:
                    return inner.Message;
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData }:
                    return "The receiver's name can't be looked up.";
                case AuthenticationException:
                    return "The receiver's certificate isn't valid, or TLS failed otherwise.";
                case SocketException socket:
                    return $"The connection failed ({socket.SocketErrorCode}).";
            }
        }

        return "The receiver closed the connection, or answered otherwise than HTTP says.";
    }
}
