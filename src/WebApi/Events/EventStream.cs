using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using OrderIssues.Application.Events;
using OrderIssues.WebApi.Security;

namespace OrderIssues.WebApi.Events;

/// <summary>Sends events as they happen (https://html.spec.whatwg.org/multipage/server-sent-events.html).</summary>
internal sealed class EventStream(IAsyncEnumerable<EventBatch> batches, IEventFormat format) : IActionResult
{
    public const string MediaType = "text/event-stream";
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Time after which a caller connects anew in any case; timers take no more than 49 days.</summary>
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(1);

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        http.Response.ContentType = MediaType;
        http.Response.Headers.CacheControl = "no-cache";

        // nginx would hold back what is sent (https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering).
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await http.Response.StartAsync(http.RequestAborted);
        if (HttpMethods.IsHead(http.Request.Method))
        {
            return;
        }

        var services = http.RequestServices;
        using var expiry = ExpiryOf(http);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            expiry.Token, http.RequestAborted, services.GetRequiredService<ApiKeys>().Changed);

        // A caller that reads ends by itself at the stop.
        using var stop = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping
            .Register(() => end.CancelAfter(StopTimeout));
        try
        {
            await SendAsync(http.Response.BodyWriter, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The caller has left, doesn't read, or must prove anew who it is. Kestrel cuts a connection where it had to wait for a reader.
        }
        catch (FailureException)
        {
            // The caller connects again, and then learns why.
        }
    }

    /// <summary>Ends when the credential of the request expires.</summary>
    private static CancellationTokenSource ExpiryOf(HttpContext http)
    {
        var time = http.RequestServices.GetRequiredService<TimeProvider>();
        var expiry = http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;
        var rest = expiry - time.GetUtcNow() ?? MaxLifetime;
        return new CancellationTokenSource(rest < TimeSpan.Zero ? TimeSpan.Zero : rest > MaxLifetime ? MaxLifetime : rest, time);
    }

    private async Task SendAsync(PipeWriter body, CancellationToken cancellationToken)
    {
        // A first comment lets proxies and clients see that the stream has begun.
        Encoding.UTF8.GetBytes(":\n\n", body);
        await body.FlushAsync(cancellationToken);
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            foreach (var logged in batch.Events)
            {
                var content = logged.Content;
                Encoding.UTF8.GetBytes(
                    string.Create(CultureInfo.InvariantCulture, $"id: {content.Sequence}\nevent: {EventTypes.Of(content)}\ndata: "), body);
                body.Write(logged.Written(format).Span);
                Encoding.UTF8.GetBytes("\n\n", body);
            }

            if (batch.Events.Count == 0)
            {
                // Without the id, a caller that takes rare kinds would come back with one that is long deleted.
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $":\nid: {batch.Next}\n\n"), body);
            }

            if ((await body.FlushAsync(cancellationToken)).IsCompleted)
            {
                return;
            }
        }
    }
}
