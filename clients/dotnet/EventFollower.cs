using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OrderIssues.Client;

/// <summary>One walk along the log, over any number of connections.</summary>
internal sealed class EventFollower(IOrderIssueClient client, EventsOptions options, Sender sender)
{
    private const string Path = "/api/issue-event/stream";
    private const int PollSeconds = 25;
    private const int MaxSilences = 2;
    private long? after = options.After;
    private string? epoch = options.Epoch;

    /// <summary>How many tries have failed since one didn't.</summary>
    private int failures;

    /// <summary>How many streams in a row have ended before a line; with two of them, something between keeps streams back.</summary>
    private int silences;

    /// <summary>True for a stream that has told nothing yet.</summary>
    private bool isSilent;

    public async IAsyncEnumerable<IssueEvent> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            // The first page names the log, so that the walk doesn't go on in another one.
            isSilent = after is not null && epoch is not null && silences < MaxSilences;
            await using var events = (isSilent ? StreamAsync(cancellationToken) : PollAsync(cancellationToken)).GetAsyncEnumerator(cancellationToken);
            while (await MoveNextAsync(events, cancellationToken))
            {
                if (events.Current.Sequence > (after ?? 0))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    (after, failures) = (events.Current.Sequence, 0);
                    yield return events.Current;
                }
            }
        }
    }

    private static OrderIssueException Failed(string code, string reason, Exception? cause = null) =>
        new(code, $"GET {Path}: {reason}", cause) { Method = "GET", Path = Path };

    private async Task<bool> MoveNextAsync(IAsyncEnumerator<IssueEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (OrderIssueException failure) when (Retries.IsOutlasted(failure))
        {
            silences = isSilent && failure.Code is ProblemCode.Timeout ? MaxSilences : silences;
            var wait = Retries.GrowingWait(failures++, failure.RetryAfter);
            options.OnRetry?.Invoke(failure, wait);
            await Task.Delay(wait, sender.Time, cancellationToken);
            return false;
        }
    }

    private async IAsyncEnumerable<IssueEvent> PollAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wait = silences < MaxSilences ? 0 : PollSeconds;
        var (from, start) = (after, sender.Time.GetTimestamp());
        var query = new ListEventsOptions
        {
            After = after,
            Epoch = epoch,
            Type = options.Types,
            Limit = 500,
            Wait = wait,
            Deadline = Timeout.InfiniteTimeSpan,
            TryTimeout = sender.TryTimeout + TimeSpan.FromSeconds(wait),
            Retries = 0,
        };
        var answer = await client.ListEventsAsync(query, cancellationToken);
        foreach (var item in answer.Data)
        {
            yield return item;
        }

        (after, epoch) = (answer.Page.Next, answer.Page.Epoch);
        var isEarly = after == from && sender.Time.GetElapsedTime(start) < TimeSpan.FromSeconds(wait / 2);
        var pause = isEarly ? Retries.GrowingWait(failures) : TimeSpan.Zero; // The service lets all go when it stops.
        failures = isEarly ? failures + 1 : 0;
        await Task.Delay(pause, sender.Time, cancellationToken);
    }

    private async IAsyncEnumerable<IssueEvent> StreamAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new StreamEventsOptions
        {
            After = after,
            Epoch = epoch,
            Type = options.Types,
            Deadline = Timeout.InfiniteTimeSpan,
            TryTimeout = sender.TryTimeout < EventStream.MaxSilence ? sender.TryTimeout : EventStream.MaxSilence,
            Retries = 0,
        };
        using var file = await client.StreamEventsAsync(query, cancellationToken);
        silences = file.MediaType is "text/event-stream" ? silences + 1 : MaxSilences;
        using var stream = new EventStream(file.Content, sender.Time);
        while (file.MediaType is "text/event-stream")
        {
            var (id, data) = await ReadAsync(stream, cancellationToken);
            failures = isSilent ? failures : 0; // What says hello may yet end at once.
            (isSilent, silences) = (false, 0);
            if (data is not "")
            {
                yield return ToEvent(data);
            }

            after = Math.Max(after ?? 0, id); // An id without an event tells that there was nothing of these types.
        }
    }

    private static async Task<(long Id, string Data)> ReadAsync(EventStream stream, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(cancellationToken) ?? throw Failed(ProblemCode.Unreachable, "The stream ended.");
        }
        catch (TimeoutException exception)
        {
            throw Failed(ProblemCode.Timeout, "The stream didn't go on in time.", exception);
        }
        catch (IOException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failed(ProblemCode.Unreachable, "The stream broke off.", exception);
        }
    }

    private static IssueEvent ToEvent(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<IssueEvent>(json, Request.JsonOptions) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw Failed(ProblemCode.UnexpectedAnswer, "The stream has something that isn't an event.", exception);
        }
    }
}
