using System.Diagnostics;
using System.Net;

namespace OrderIssues.Client;

/// <summary>Sends requests: with the credential, again where that helps, and for so long.</summary>
internal sealed class Sender(HttpClient http, OrderIssueClientOptions options, TimeProvider time)
{
    public TimeSpan TryTimeout => options.TryTimeout;

    public TimeProvider Time => time;

    public Task<T> SendAsync<T>(Request request, CancellationToken cancellationToken)
        where T : Response =>
        CallAsync(request, (answer, token) => answer.ReadAsync<T>(token), cancellationToken);

    /// <summary>Null where the answer is that nothing has changed.</summary>
    public Task<T?> SendIfChangedAsync<T>(Request request, string etag, CancellationToken cancellationToken)
        where T : Response
    {
        request.Header("If-None-Match", Request.NotEmpty(etag));
        return CallAsync(
            request,
            async (answer, token) => answer.Status == HttpStatusCode.NotModified ? null : await answer.ReadAsync<T>(token),
            cancellationToken);
    }

    public Task<OrderIssueFile> DownloadAsync(Request request, CancellationToken cancellationToken) =>
        CallAsync(request, (answer, token) => answer.OpenAsync(token), cancellationToken);

    private async Task<T> CallAsync<T>(Request request, Func<Answer, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var deadline = request.Options?.Deadline ?? options.Deadline;
        var limit = request.Options?.Retries ?? options.Retries;
        deadline = deadline == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : deadline;
        for (var retries = 0; ; retries++)
        {
            var wait = TimeSpan.Zero;
            try
            {
                return await TryAsync(request, read, deadline - time.GetElapsedTime(start), cancellationToken);
            }
            catch (OrderIssueException failure) when (retries < limit
                && Retries.WaitAfter(failure, request.IsRepeatable, retries) is { } enough && time.GetElapsedTime(start) + enough < deadline)
            {
                wait = enough;
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async Task<T> TryAsync<T>(
        Request request, Func<Answer, CancellationToken, Task<T>> read, TimeSpan timeLeft, CancellationToken cancellationToken)
    {
        var limit = TimeSpan.FromTicks(Math.Max(Math.Min(timeLeft.Ticks, (request.Options?.TryTimeout ?? options.TryTimeout).Ticks), TimeSpan.TicksPerMillisecond));
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        using var message = request.ToMessage(options.BaseUrl!);
        var origin = new Origin(request, Trace(message));
        var isSent = false;
        try
        {
            await AddCredentialAsync(message, either.Token);
            isSent = true;
            var answer = new Answer(await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token), origin, time);
            return answer.IsSuccess ? await read(answer, either.Token) : throw await answer.ToFailureAsync(either.Token);
        }
        catch (OperationCanceledException exception) when (isSent || either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw origin.Failed(ProblemCode.Timeout, "No answer came in time.", exception);
        }
        catch (Exception exception) when (isSent && exception is (HttpRequestException or IOException or InvalidDataException))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw origin.Failed(ProblemCode.Unreachable, $"No whole answer came from the service: {exception.Message}", exception);
        }
    }

    /// <summary>Makes the request part of the caller's trace, or of one of its own.</summary>
    private static string Trace(HttpRequestMessage message)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            return activity.TraceId.ToHexString();
        }

        var trace = ActivityTraceId.CreateRandom().ToHexString();
        message.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-00");
        return trace;
    }

    private async Task AddCredentialAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        if (options.GetToken is { } getToken)
        {
            var token = await getToken(cancellationToken).AsTask().WaitAsync(cancellationToken);
            message.Headers.Authorization = Request.IsHeaderValue(token ?? "")
                ? new("Bearer", token)
                : throw new InvalidOperationException("GetToken must give visible ASCII characters.");
        }
        else if (options.ApiKey is { } key)
        {
            message.Headers.Add("X-Api-Key", key);
        }
    }
}
