using System.Buffers;
using System.IO.Pipelines;

namespace OrderIssues.WebApi.Issues.Export;

/// <summary>Sends issues as a file while they are read.</summary>
internal sealed partial class IssueExport(IAsyncEnumerable<OrderIssue> issues, string format) : IActionResult
{
    private const int BytesToFlush = 64 * 1024;

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var services = http.RequestServices;
        var file = services.GetRequiredKeyedService<IExportFormat>(format);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        http.Response.ContentType = file.ContentType;
        http.Response.Headers.ContentDisposition =
            string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"order-issues-{now:yyyyMMdd'T'HHmmss'Z'}.{format}\"");
        await http.Response.StartAsync(http.RequestAborted);
        try
        {
            if (!HttpMethods.IsHead(http.Request.Method))
            {
                await SendAsync(file.WriteAsync(issues), http.Response.BodyWriter, http.RequestAborted);
            }
        }
        catch (Exception exception)
        {
            if (!http.RequestAborted.IsCancellationRequested)
            {
                LogBrokenOff(services.GetRequiredService<ILogger<IssueExport>>(), exception, ProblemWriter.TraceIdOf(http));
            }

            // The response has started, so it is aborted: the client sees that the file isn't complete.
            http.Abort();
        }
    }

    private static async Task SendAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> pieces, PipeWriter body, CancellationToken cancellationToken)
    {
        var waiting = 0;
        await foreach (var piece in pieces)
        {
            body.Write(piece.Span);
            waiting += piece.Length;
            if (waiting >= BytesToFlush)
            {
                // Either call may notice first that the client has left.
                if ((await body.FlushAsync(cancellationToken)).IsCompleted || cancellationToken.IsCancellationRequested)
                {
                    return;
                }

                waiting = 0;
            }
        }

        await body.FlushAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Broke an export off ({TraceId})")]
    private static partial void LogBrokenOff(ILogger logger, Exception exception, string traceId);
}
