using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using OrderIssues.Application.Events;

namespace OrderIssues.WebApi.Events;

/// <summary>Sends events as they happen (https://html.spec.whatwg.org/multipage/server-sent-events.html).</summary>
internal sealed class EventStream(IAsyncEnumerable<IReadOnlyList<LoggedEvent>> batches, IEventFormat format) : IActionResult
{
    public const string MediaType = "text/event-stream";

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

        using var expiry = ExpiryOf(http);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, http.RequestAborted);
        try
        {
            await SendAsync(http.Response.BodyWriter, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The caller has left, or must prove anew who it is.
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
        return http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc - time.GetUtcNow() is { } rest
            ? new CancellationTokenSource(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, time)
            : new CancellationTokenSource();
    }

    private async Task SendAsync(PipeWriter body, CancellationToken cancellationToken)
    {
        // A first comment lets proxies and clients see that the stream has begun.
        Encoding.UTF8.GetBytes(":\n\n", body);
        await body.FlushAsync(cancellationToken);
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            foreach (var logged in batch)
            {
                var content = logged.Content;
                Encoding.UTF8.GetBytes(
                    string.Create(CultureInfo.InvariantCulture, $"id: {content.Sequence}\nevent: {EventTypes.Of(content)}\ndata: "), body);
                body.Write(logged.Written(format).Span);
                Encoding.UTF8.GetBytes("\n\n", body);
            }

            if (batch.Count == 0)
            {
                Encoding.UTF8.GetBytes(":\n\n", body);
            }

            if ((await body.FlushAsync(cancellationToken)).IsCompleted)
            {
                return;
            }
        }
    }
}
