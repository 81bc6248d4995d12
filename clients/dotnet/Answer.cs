using System.Net;
using System.Text.Json;

namespace OrderIssues.Client;

/// <summary>The request that an answer, or none, is to.</summary>
internal sealed record Origin(Request Request, string TraceId)
{
    public OrderIssueException Failed(
        string code, string reason, Exception? cause = null, HttpStatusCode? status = null, TimeSpan? retryAfter = null, Problem? problem = null) =>
        new(code, $"{Request.Method} {Request.Path}: {reason}", cause)
        {
            Status = status,
            Errors = problem?.Errors ?? new Dictionary<string, IReadOnlyList<string>>(),
            RetryAfter = retryAfter,
            IdempotencyKey = Request.Key,
            TraceId = problem?.TraceId ?? TraceId,
            Problem = problem,
            Method = Request.Method,
            Path = Request.Path,
        };
}

/// <summary>What came back, whatever it is.</summary>
internal sealed class Answer(HttpResponseMessage message, Origin origin, TimeProvider time)
{
    public HttpStatusCode Status => message.StatusCode;

    public bool IsSuccess => message.IsSuccessStatusCode || Status == HttpStatusCode.NotModified;

    private string? MediaType => message.Content.Headers.ContentType?.MediaType?.ToLowerInvariant();

    private TimeSpan? RetryAfter => message.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => TimeSpan.FromTicks(Math.Max(0, (date - time.GetUtcNow()).Ticks)),
        _ => null,
    };

    public async Task<T> ReadAsync<T>(CancellationToken cancellationToken)
        where T : Response
    {
        using (message)
        {
            var body = await message.Content.ReadAsByteArrayAsync(cancellationToken);
            var response = typeof(T) == typeof(Response) ? (T)new Response() : Parse<T>(body) ?? throw Misread(body);
            response.Status = Status;
            response.ETag = HeaderOf("ETag");
            response.Replayed = HeaderOf("Idempotency-Replayed") is "true";
            response.TraceId = origin.TraceId;
            return response;
        }
    }

    public async Task<OrderIssueFile> OpenAsync(CancellationToken cancellationToken) => new(await message.Content.ReadAsStreamAsync(cancellationToken))
    {
        Name = message.Content.Headers.ContentDisposition is { } disposition ? disposition.FileNameStar ?? disposition.FileName?.Trim('"') : null,
        MediaType = MediaType,
    };

    public async Task<OrderIssueException> ToFailureAsync(CancellationToken cancellationToken)
    {
        using (message)
        {
            var body = await message.Content.ReadAsByteArrayAsync(cancellationToken);
            return MediaType is "application/problem+json" && Parse<Problem>(body) is { } problem
                ? origin.Failed(problem.Code, string.Join(' ', [$"{problem.Title}: {problem.Detail}", .. Faults(problem)]), null, Status, RetryAfter, problem)
                : Unexpected();
        }
    }

    private static IEnumerable<string> Faults(Problem problem) =>
        (problem.Errors ?? new Dictionary<string, IReadOnlyList<string>>()).Select(field => $"{field.Key} {string.Join(", ", field.Value)}.");

    private static T? Parse<T>(byte[] json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Request.JsonOptions);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Tells half an answer, which a second try may get whole, from another program's.</summary>
    private OrderIssueException Misread(byte[] body) => MediaType is "application/json" && Parse<JsonDocument>(body) is null
        ? origin.Failed(ProblemCode.Unreachable, "No whole answer came from the service.")
        : Unexpected();

    private OrderIssueException Unexpected() => origin.Failed(
        (int)Status is >= 300 and < 400 ? ProblemCode.Redirected : ProblemCode.UnexpectedAnswer,
        $"The answer has the status {(int)Status} and isn't one of the service's."
        + ((int)Status is >= 300 and < 400 ? " Redirects aren't followed, since the credential would go along." : ""),
        null,
        Status,
        RetryAfter);

    private string? HeaderOf(string name) => message.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
