using System.Net;
using System.Text.Json;
using OrderIssues.Soak.Audits;
using OrderIssues.Soak.Faults;

namespace OrderIssues.Soak.Calls;

/// <summary>Sends requests, each with one key until it is answered.</summary>
internal sealed class Sender(HttpClient http, IReadOnlyList<Instance> instances, Journal journal)
{
    private const string NoAnswer = "no answer";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // More than the service waits for what a key of a killed process was doing.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    // A key of a request that a killed process began is held for a while.
    private static readonly HashSet<string> OfFaults =
        ["409 conflict", "503 store_unavailable", "503 overloaded", "503 request_timeout", "503 query_timeout"];

    private static readonly HashSet<string> OfTicketFaults = ["503 ticket_source_unavailable", "504 ticket_source_timeout"];

    /// <summary>What a 502 must say, since ticket systems answered with 500 or nonsense, and refused nothing.</summary>
    private static readonly string[] TicketFailures = ["answered with the status 500.", "answered with something that can't be used."];

    /// <summary>Sends a request until its answer is a success, or one of the refusals that are expected.</summary>
    /// <returns>The answer; null where it was wrong, or none came in the end.</returns>
    public async Task<Answer?> SendAsync(
        HttpMethod method, string path, object? body = null, string? refusal = null, string? ifMatch = null)
    {
        var key = $"{Guid.NewGuid():N}";
        var start = TimeProvider.System.GetTimestamp();
        for (var tries = 1; TimeProvider.System.GetElapsedTime(start) < Timeout; tries++)
        {
            journal.CountRequest();
            var instance = instances[Random.Shared.Next(instances.Count)];
            using var request = new HttpRequestMessage(method, new Uri(instance.Address, path))
            {
                Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: JsonSerializerOptions.Default),
            };
            if (method != HttpMethod.Get)
            {
                request.Headers.Add("Idempotency-Key", key);
            }

            if (ifMatch is not null)
            {
                request.Headers.Add("If-Match", ifMatch);
            }

            var (status, text, etag) = await AnswerOfAsync(request);
            if ((int)status is >= 200 and < 300)
            {
                return new Answer(text, etag, Code: null, tries);
            }

            var (code, detail) = ProblemOf(text);
            if (code is not null && code == refusal)
            {
                return new Answer(text, etag, code, tries);
            }

            var kind = status == 0 ? NoAnswer : $"{(int)status} {code}";
            if (kind != NoAnswer && !IsOfFault(kind, path.Contains("-ticket", StringComparison.Ordinal), detail))
            {
                return Wrong($"{method} {path}: {kind}: {text}");
            }

            journal.CountRepeated(kind);
            await Task.Delay(Pause, TimeProvider.System);
        }

        return Wrong($"{method} {path}: never answered");
    }

    /// <summary>Keeps what no fault explains.</summary>
    public Answer? Wrong(string what)
    {
        journal.Wrong.Add(what);
        return null;
    }

    private static bool IsOfFault(string kind, bool asksTicketSystem, string? detail) =>
        OfFaults.Contains(kind)
        || (asksTicketSystem && OfTicketFaults.Contains(kind))
        || (asksTicketSystem && kind == "502 ticket_source_failed"
            && TicketFailures.Any(failure => detail?.EndsWith(failure, StringComparison.Ordinal) == true));

    private static (string? Code, string? Detail) ProblemOf(string text)
    {
        try
        {
            var problem = JsonElement.Parse(text);
            return (problem.GetProperty("code").GetString(), problem.GetProperty("detail").GetString());
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // The code in the table of answers is missing then.
            return default;
        }
    }

    /// <returns>The answer; status 0 where the instance is gone, or its answer.</returns>
    private async Task<(HttpStatusCode Status, string Text, string? ETag)> AnswerOfAsync(HttpRequestMessage request)
    {
        try
        {
            using var response = await http.SendAsync(request);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.ETag?.ToString());
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return (0, "", null);
        }
    }
}

/// <summary>Answer of the service.</summary>
/// <param name="Text">Body.</param>
/// <param name="ETag">State of the issue in it.</param>
/// <param name="Code">Code of the refusal; null: a success.</param>
/// <param name="Tries">How often the request was sent.</param>
internal sealed record Answer(string Text, string? ETag, string? Code, int Tries)
{
    public JsonElement Data => JsonElement.Parse(Text).GetProperty("data");
}
