using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.Client;
using OrderIssues.WebApi.FunctionalTests.Hosting;
using static OrderIssues.WebApi.FunctionalTests.Clients.DotnetClient;
using static OrderIssues.WebApi.FunctionalTests.Clients.Steps;

namespace OrderIssues.WebApi.FunctionalTests.Clients;

/// <summary>How the client goes along the log, whatever becomes of its connections.</summary>
public sealed class FollowTests
{
    private const string Hello = ":\n\n";

    private enum End
    {
        Open,
        Close,
        Break,
    }

    private static readonly Step Silence = Stream(End.Open);
    private static readonly EventsOptions Known = new() { After = 0, Epoch = "e1" };

    private static readonly Dictionary<string, Step> Passing = new()
    {
        ["no connection"] = Break,
        ["a proxy's 502"] = Page(502),
        ["a proxy's 429"] = Page(429),
        ["overloaded"] = Problem(503, "overloaded"),
        ["internal_error"] = Problem(500, "internal_error"),
        ["request_timeout"] = Problem(503, "request_timeout"),
    };

    private static readonly Dictionary<string, Step> Final = new()
    {
        ["unauthorized"] = Problem(401, "unauthorized"),
        ["forbidden"] = Problem(403, "forbidden"),
        ["validation_failed"] = Problem(400, "validation_failed"),
        ["route_not_found"] = Problem(404, "route_not_found"),
        ["redirected"] = Answer(307, "", "text/plain", ("Location", "https://elsewhere.example")),
    };

    private static readonly Dictionary<string, Step[]> Unstreamed = new()
    {
        ["nothing comes for 30 seconds"] = [Silence],
        ["not even an answer comes"] = [Hang],
        ["something else comes"] = [Answer(200, "{}")],
        ["two of them end before anything has come"] = [Stream(End.Close), Stream(End.Break)],
    };

    private readonly FakeTimeProvider time = new();

    private static IEnumerable<string> PassingNames => Passing.Keys;

    private static IEnumerable<string> FinalNames => Final.Keys;

    private static IEnumerable<string> UnstreamedNames => Unstreamed.Keys;

    [Test]
    public async Task Begins_with_a_page_which_names_the_log_and_goes_on_as_a_stream() => await AssertAsync(
        [1, 2, 3, 4],
        ["list?limit=500&wait=0", "stream?after=2&epoch=e1"],
        new(),
        ListOf(1, 2),
        Stream(End.Open, TextOf(3), TextOf(4)));

    [Test]
    public async Task Begins_with_the_stream_where_the_place_is_known() => await AssertAsync(
        [8, 9],
        ["stream?after=7&type=order_issue.created&type=order_issue.erased&epoch=e1"],
        new() { After = 7, Epoch = "e1", Types = [IssueEventType.Created, IssueEventType.Erased] },
        Stream(End.Open, TextOf(8, 9)));

    [Test]
    public async Task Goes_on_from_the_last_event_and_gives_each_once([Values(End.Close, End.Break)] object end) => await AssertAsync(
        [1, 2, 3, 4],
        ["stream?after=0&epoch=e1", "stream?after=2&epoch=e1", "stream?after=3&epoch=e1"],
        Known,
        Stream((End)end, TextOf(1, 2), TextOf(3)[..^1]),
        Stream((End)end, Hello, TextOf(1, 2, 3, 2)),
        Stream(End.Open, TextOf(1, 2, 3, 4)));

    [Test]
    public async Task Goes_on_from_an_id_without_an_event_but_not_from_one_whose_event_is_cut() => await AssertAsync(
        [9],
        ["stream?after=0&epoch=e1", "stream?after=8&epoch=e1"],
        Known,
        Stream(End.Close, "id: 8\n\n", Hello, "id: 9\n"),
        Stream(End.Open, TextOf(9)));

    [Test]
    public async Task Reads_parts_that_are_cut_anywhere([Values("\n", "\r\n", "\r")] string lineEnd)
    {
        var (first, second) = (Json(1), Json(2));
        string[] lines =
        [
            "\ufeff: hello", "", "retry: 1", "", "id:1", "event:x", $"data:{first}", "", ": still here", $"data: {second[..14]}", "nothing", ":", $"data: {second[14..]}", "id: 2", "", "data", "", "",
        ];
        var bytes = Encoding.UTF8.GetBytes(string.Join(lineEnd, lines) + TextOf(3));
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            Assert.That((await TakeAsync(3, Known, Bytes(End.Open, bytes[..cut], bytes[cut..]))).Events, Is.EqualTo(new[] { 1, 2, 3 }), $"cut at {cut}");
        }

        Assert.That((await TakeAsync(3, Known, Bytes(End.Open, [.. bytes.Select(single => new[] { single })]))).Events, Is.EqualTo(new[] { 1, 2, 3 }));
    }

    [TestCaseSource(nameof(PassingNames))]
    public async Task Outlasts_what_passes_with_waits_that_grow_and_tells_of_them(string failure)
    {
        var told = new List<TimeSpan>();
        var options = new EventsOptions { After = 0, Epoch = "e1", OnRetry = (_, wait) => told.Add(wait) };
        var (events, asked, _) = await TakeAsync(1, options, [.. Enumerable.Repeat(Passing[failure], 8), Stream(End.Open, TextOf(1))]);

        Assert.That((events.Single(), asked.Count), Is.EqualTo((1, 9)));
        Assert.That(told.Zip([0.5, 1, 2, 4, 8, 8, 8, 8]), Has.All.Matches<(TimeSpan Wait, double Seconds)>(
            pair => pair.Wait.TotalSeconds >= pair.Seconds / 2 && pair.Wait.TotalSeconds <= pair.Seconds));
    }

    [Test]
    public async Task Waits_are_short_again_once_it_has_got_on_but_not_for_a_service_that_only_says_hello()
    {
        var told = new List<double>();
        await TakeAsync(
            3,
            new() { After = 0, Epoch = "e1", OnRetry = (_, wait) => told.Add(wait.TotalSeconds > 0.5 ? 1 : 0.5) },
            Stream(End.Close, Hello),
            Stream(End.Close, Hello),
            Stream(End.Break, TextOf(1)),
            Stream(End.Close, Hello),
            Stream(End.Break, Hello, Hello),
            Stream(End.Open, TextOf(2, 3)));
        Assert.That(told, Is.EqualTo(new[] { 0.5, 1, 0.5, 1, 0.5 }));
    }

    [Test]
    public async Task Waits_for_what_the_service_says()
    {
        var told = TimeSpan.Zero;
        await TakeAsync(1, new() { After = 0, Epoch = "e1", OnRetry = (_, wait) => told = wait }, Problem(429, "rate_limited", ("Retry-After", "20")), Stream(End.Open, TextOf(1)));
        Assert.That(told.TotalSeconds, Is.InRange(20.25, 20.5));
    }

    [Test]
    public async Task Asks_for_the_token_before_each_connection()
    {
        var tokens = 0;
        var script = new Script(ListOf(1), Stream(End.Close, Hello), Stream(End.Open, TextOf(2)));
        var client = Of(options => options.GetToken = _ => new($"t{++tokens}"), script, time);
        Assert.That(await time.LetPassUntilAsync(FollowAsync(client, new(), 2, [], CancellationToken.None), 50), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(script.Requests.Select(request => request.Headers.Authorization?.Parameter), Is.EqualTo(new[] { "t1", "t2", "t3" }));
    }

    [Test]
    public async Task Ends_with_where_to_start_over_once_the_log_has_not_got_what_comes_next()
    {
        var expired = Answer(
            410,
            """{"ok":false,"type":"t","title":"T","status":410,"detail":"D.","code":"events_expired","traceId":"00-1-2-00","oldest":500,"latest":4711,"epoch":"e2"}""",
            "application/problem+json");
        var (events, _, failure) = await TakeAsync(9, new(), ListOf(1), Stream(End.Close, TextOf(2)), expired);

        Assert.That(events, Is.EqualTo(new[] { 1, 2 }));
        Assert.That((failure!.Code, failure.Status, failure.Problem?.Oldest, failure.Problem?.Latest, failure.Problem?.Epoch), Is.EqualTo((ProblemCode.EventsExpired, HttpStatusCode.Gone, 500, 4711, "e2")));
    }

    [TestCaseSource(nameof(FinalNames))]
    public async Task Ends_with_what_does_not_pass(string code)
    {
        foreach (var options in new[] { new(), Known })
        {
            var (_, asked, failure) = await TakeAsync(1, options, Final[code]);
            Assert.That((failure?.Code, asked.Count), Is.EqualTo((code, 1)));
        }
    }

    [TestCase("data: {\n\n")]
    [TestCase("data: {}\n\n")]
    [TestCase("data: null\n\n")]
    public async Task Ends_with_what_is_no_event(string text)
    {
        var (_, asked, failure) = await TakeAsync(1, Known, Stream(End.Open, text));
        Assert.That((failure?.Code, asked.Count), Is.EqualTo((ProblemCode.UnexpectedAnswer, 1)));
    }

    [TestCaseSource(nameof(UnstreamedNames))]
    public async Task Polls_where_streams_do_not_come_through(string reason) => await AssertAsync(
        [1, 2, 3],
        [.. Unstreamed[reason].Select(_ => "stream?after=0&epoch=e1"), "list?limit=500&wait=25&after=0&epoch=e1", "list?limit=500&wait=25&after=2&epoch=e1"],
        Known,
        [.. Unstreamed[reason], ListOf(1, 2), ListOf(3)]);

    [Test]
    public async Task Does_not_poll_where_one_stream_has_ended_early_or_fallen_silent_later() => await AssertAsync(
        [1, 2],
        ["stream?after=0&epoch=e1", "stream?after=0&epoch=e1", "stream?after=1&epoch=e1", "stream?after=1&epoch=e1"],
        Known,
        Stream(End.Close),
        Stream(End.Open, TextOf(1)),
        Stream(End.Close),
        Stream(End.Open, TextOf(2)));

    [Test]
    public async Task A_poll_takes_its_time_and_a_service_that_stops_is_not_asked_all_the_time()
    {
        var start = time.GetUtcNow();
        var at = new List<double>();
        Step Timed(Step step) => (request, token) =>
        {
            at.Add((time.GetUtcNow() - start).TotalSeconds);
            return step(request, token);
        };
        await TakeAsync(1, Known, [.. new[] { Silence, Hang, ListOf(), ListOf(), ListOf(), ListOf(1) }.Select(Timed)]);

        // The clock moves on while a busy machine does nothing, so waits may look longer. The last three grow from 2 s, half of it by chance.
        var waits = at.Skip(1).Zip(at, (next, last) => next - last).ToList();
        Assert.That(waits, Has.Count.EqualTo(5).And.All.LessThan(120));
        Assert.That(waits.Zip([30, 65, 1, 2, 4], (wait, least) => wait >= least), Is.All.True, string.Join(' ', waits));
    }

    [Test]
    public async Task Ends_with_its_token_wherever_it_is()
    {
        foreach (var steps in new Step[][] { [Hang], [ListOf(1), Stream(End.Open, TextOf(2))], [Break] })
        {
            using var stop = new CancellationTokenSource();
            var script = new Script(steps);
            var all = FollowAsync(Of(script, time), new(), 9, [], stop.Token);
            while (script.Requests.Count < steps.Length)
            {
                await Task.Yield();
            }

            await stop.CancelAsync();
            Assert.That(async () => await all, Throws.InstanceOf<OperationCanceledException>());
        }
    }

    [Test]
    public async Task Lets_nothing_through_once_it_is_cancelled_and_lets_go_of_the_stream()
    {
        using var stop = new CancellationTokenSource();
        var parts = new Parts(End.Open, [Encoding.UTF8.GetBytes(TextOf(1, 2))]);
        await using var events = Of(new Script(Sent(parts)), time).EventsAsync(Known, stop.Token).GetAsyncEnumerator(CancellationToken.None);
        await events.MoveNextAsync();
        await stop.CancelAsync();

        Assert.That(async () => await events.MoveNextAsync(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(parts.IsDisposed, Is.True);
    }

    [Test]
    public async Task Reads_no_further_than_its_caller()
    {
        var parts = new Parts(End.Open, [.. Enumerable.Range(1, 200).Select(sequence => Encoding.UTF8.GetBytes(TextOf(sequence)))]);
        await using (var events = Of(new Script(Sent(parts)), time).EventsAsync(Known).GetAsyncEnumerator())
        {
            for (var count = 1; count <= 100; count++)
            {
                await events.MoveNextAsync();
                Assert.That((events.Current.Sequence, parts.Count), Is.EqualTo(((long)count, count)));
            }
        }

        Assert.That(parts.IsDisposed, Is.True);
    }

    private async Task AssertAsync(int[] events, string[] asked, EventsOptions options, params Step[] steps)
    {
        var taken = await TakeAsync(events.Length, options, steps);
        Assert.That((taken.Failure, taken.Events, taken.Asked), Is.EqualTo(((OrderIssueException?)null, events, asked)));
    }

    /// <summary>What comes until so many have come, and what is asked for that.</summary>
    private async Task<(int[] Events, List<string> Asked, OrderIssueException? Failure)> TakeAsync(int count, EventsOptions options, params Step[] steps)
    {
        var script = new Script(steps);
        var events = new List<int>();
        var failure = await time.LetPassUntilAsync(FailureAsync(), 100);
        return ([.. events], [.. script.Requests.Select(request => request.RequestUri!.PathAndQuery
            .Replace("/api/issue-event/stream", "stream", StringComparison.Ordinal).Replace("/api/issue-event", "list", StringComparison.Ordinal))], failure);

        async Task<OrderIssueException?> FailureAsync()
        {
            try
            {
                await FollowAsync(Of(client => client.Retries = 0, script, time), options, count, events, CancellationToken.None);
                return null;
            }
            catch (OrderIssueException exception)
            {
                return exception;
            }
        }
    }

    private static async Task<List<int>> FollowAsync(
        IOrderIssueClient client, EventsOptions options, int count, List<int> events, CancellationToken cancellationToken)
    {
        await foreach (var item in client.EventsAsync(options, cancellationToken))
        {
            events.Add((int)item.Sequence);
            if (events.Count == count)
            {
                break;
            }
        }

        return events;
    }

    private static string Json(int sequence) => JsonSerializer.Serialize(new
    {
        sequence,
        type = IssueEventType.Created,
        timestamp = "2026-11-28T12:00:00.000Z",
        data = new { issueId = "1600001", OrderId = "ü 日本 🙂", version = 0, resolved = false, changed = Array.Empty<string>() },
    });

    private static string TextOf(params int[] sequences) =>
        string.Concat(sequences.Select(sequence => $"id: {sequence}\nevent: order_issue.created\ndata: {Json(sequence)}\n\n"));

    private static Step ListOf(params int[] sequences)
    {
        var last = sequences.LastOrDefault();
        var page = $$"""{"limit":500,"next":{{last}},"oldest":1,"latest":{{last}},"epoch":"e1"}""";
        return Answer(200, $$"""{"ok":true,"data":[{{string.Join(',', sequences.Select(Json))}}],"page":{{page}} }""");
    }

    private static Step Stream(End end, params string[] parts) => Bytes(end, [.. parts.Select(Encoding.UTF8.GetBytes)]);

    private static Step Bytes(End end, params byte[][] parts) => (request, cancellationToken) => Sent(new Parts(end, parts))(request, cancellationToken);

    private static Step Sent(Parts parts) => (_, _) => Task.FromResult(new HttpResponseMessage
    {
        Content = new StreamContent(parts) { Headers = { ContentType = MediaTypeHeaderValue.Parse("text/event-stream; charset=utf-8") } },
    });

    /// <summary>Gives one part a read, and then ends as told.</summary>
    private sealed class Parts(End end, IReadOnlyList<byte[]> parts) : MemoryStream
    {
        public int Count { get; private set; }

        public bool IsDisposed { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            if (Count < parts.Count)
            {
                parts[Count].CopyTo(buffer);
                return parts[Count++].Length;
            }

            if (end is End.Open)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            return end is End.Close ? 0 : throw new HttpIOException(HttpRequestError.ResponseEnded);
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
