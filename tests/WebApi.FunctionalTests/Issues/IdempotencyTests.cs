using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.Application.Common.Records;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues;

/// <summary>Requests with the same <c>Idempotency-Key</c> have the effect of one, and its answer.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class IdempotencyTests(StoreKind store)
{
    private static readonly string[] Operations = ["create", "discussion", "update", "patch"];

    /// <summary>Operations that have an effect each time; the same patch changes nothing more.</summary>
    private static readonly string[] Repeatable = ["create", "discussion", "update"];

    private Api Api => Shared.On(store);

    [Test]
    public async Task A_retry_is_answered_as_the_first_request_was_whatever_became_of_the_issue([ValueSource(nameof(Operations))] string operation)
    {
        var request = await Request.OfAsync(Api, operation);
        var first = (await request.SendAsync(Api)).Succeeded(request.Status);
        var order = (string)first.Data["OrderId"]!;
        (await Api.PutAsync($"/api/order-issue/update/{order}", """{"status":"done"}""")).Succeeded();
        await Api.CreateAsync(Api.Minimal(order));

        var replay = (await request.SendAsync(Api)).Succeeded(request.Status);

        Assert.That(replay.Text, Is.EqualTo(first.Text));
        Assert.That((replay.Headers.ETag, replay.Headers.Location), Is.EqualTo((first.Headers.ETag, first.Headers.Location)));
        Assert.That(replay.ContentHeaders.ContentType, Is.EqualTo(first.ContentHeaders.ContentType));
        Assert.That((ReplayedOf(first), ReplayedOf(replay)), Is.EqualTo(((string?)null, "true")));
        Assert.That(await request.CountAsync(Api), Is.EqualTo(operation == "create" ? 2 : 1));
    }

    [Test]
    public async Task The_first_answer_is_the_one_that_a_request_without_a_key_gets([ValueSource(nameof(Operations))] string operation)
    {
        var request = await Request.OfAsync(Api, operation);
        var with = await request.SendAsync(Api);
        var without = await request.SendAsync(Api, key: null);

        Assert.That(Shape(with), Is.EqualTo(Shape(without)));
        Assert.That(with.Data.Select(member => member.Key), Is.EqualTo(without.Data.Select(member => member.Key)));
        var read = await Api.GetAsync($"/api/order-issue/{with.IssueId}");
        Assert.That(operation == "create" ? read.Text : null, Is.EqualTo(operation == "create" ? with.Text : null));

        static object Shape(Answer answer) => (
            answer.Status, answer.ContentHeaders.ContentType, answer.Headers.ETag is null,
            answer.Headers.Location?.ToString().Replace(answer.IssueId, "", StringComparison.Ordinal));
    }

    [Test]
    public async Task The_answer_that_is_kept_is_the_one_that_is_sent()
    {
        var dates = new CountedDates();
        using var service = Service.On(store, services => services.PostConfigure<JsonOptions>(json => json.JsonSerializerOptions.Converters.Insert(0, dates)));

        foreach (var key in new[] { null, "key-1" })
        {
            dates.Written = 0;
            (await (await Request.OfAsync(service.Api, "create")).SendAsync(service.Api, key)).Succeeded(HttpStatusCode.Created);
            Assert.That(dates.Written, Is.EqualTo(2), "createdAt and updatedAt, once");
        }
    }

    [Test]
    public async Task Of_a_large_answer_a_retry_gets_the_issue_of_now()
    {
        var order = Api.NewOrder();
        await Api.CreateAsync(Api.Minimal(order));
        var random = new Random(7);
        for (var i = 0; i < 3; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 10_000).Select(_ => (char)random.Next(0x4E00, 0x9FFF)));
            (await Api.PutAsync($"/api/order-issue/discussion/{order}", $$"""{"username":"A","message":"{{text}}"}""")).Succeeded();
        }

        var request = new Request(HttpMethod.Put, $"/api/order-issue/discussion/{order}", """{"username":"Ann","message":"last"}""");
        var first = (await request.SendAsync(Api)).Succeeded();

        Assert.That(await request.SendAsync(Api), Has.Property("Text").EqualTo(first.Text));
        (await Api.PutAsync($"/api/order-issue/update/{order}", """{"status":"done"}""")).Succeeded();

        var replay = (await request.SendAsync(Api)).Succeeded();
        var now = await Api.GetAsync($"/api/order-issue/{first.IssueId}");
        Assert.That((replay.Text, replay.Headers.ETag, ReplayedOf(replay)), Is.EqualTo((now.Text, now.Headers.ETag, "true")));
        Assert.That(await request.CountAsync(Api), Is.EqualTo(1));
    }

    /// <summary>Else a few bytes, often sent, would fill the disk.</summary>
    [Test]
    public async Task A_large_answer_takes_no_room()
    {
        using var service = Service.On(store);
        var created = (await service.Api.CreateAsync(Api.Minimal("A-1"))).Succeeded(HttpStatusCode.Created);
        var random = new Random(7);
        for (var i = 0; i < 10; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 10_000).Select(_ => (char)random.Next(0x4E00, 0x9FFF)));
            (await service.Api.PutAsync("/api/order-issue/discussion/A-1", $$"""{"username":"A","message":"{{text}}"}""")).Succeeded();
        }

        var request = new Request(HttpMethod.Put, "/api/order-issue/discussion/A-1", """{"username":"Ann","message":"last"}""");
        (await request.SendAsync(service.Api)).Succeeded();

        var records = service.Services.GetRequiredService<IRecordStore>();
        var record = await records.FindAsync(RecordKinds.Idempotency, $"/addDiscussion/A-1/{request.Key}");
        Assert.That(record!.Attachment, Has.Length.LessThan(500));
        Assert.That(ReplayedOf(await request.SendAsync(service.Api)), Is.EqualTo("true"));
        Assert.That(created.IssueId, Is.EqualTo("1600001"));
    }

    [Test]
    public async Task The_same_key_with_another_body_or_query_is_refused([ValueSource(nameof(Operations))] string operation)
    {
        var request = await Request.OfAsync(Api, operation);
        (await request.SendAsync(Api)).Succeeded(request.Status);

        (await (request with { Json = request.Json + " " }).SendAsync(Api)).Failed(HttpStatusCode.UnprocessableEntity, "idempotency_mismatch");
        (await (request with { Path = request.Path + "?issueId=1600001" }).SendAsync(Api)).Failed(HttpStatusCode.UnprocessableEntity, "idempotency_mismatch");
        Assert.That(ReplayedOf(await request.SendAsync(Api)), Is.EqualTo("true"));
        Assert.That(await request.CountAsync(Api), Is.EqualTo(1));
    }

    [Test]
    public async Task A_key_stands_for_one_operation_on_one_order()
    {
        var create = await Request.OfAsync(Api, "create");
        foreach (var operation in new[] { "create", "discussion", "discussion", "update", "update", "patch", "patch" })
        {
            var request = operation == "create" ? create : await Request.OfAsync(Api, operation);

            var answer = (await request.SendAsync(Api, create.Key)).Succeeded(request.Status);
            Assert.That(ReplayedOf(answer), Is.Null);
            Assert.That(await request.CountAsync(Api), Is.EqualTo(1));
        }
    }

    [TestCase("A-{0}", "%20A-{0}")]
    [TestCase("A-{0}", "A-{0}%20")]
    [TestCase("%C3%A9-{0}", "e%CC%81-{0}")]
    public async Task A_key_stands_for_the_same_order_however_that_is_spelled(string first, string second)
    {
        var number = Guid.NewGuid().ToString("N");
        (string One, string Other) paths = (string.Format(null, first, number), string.Format(null, second, number));
        await Api.CreateAsync(Api.Minimal(Uri.UnescapeDataString(paths.One)));
        var request = new Request(HttpMethod.Put, $"/api/order-issue/discussion/{paths.One}", """{"username":"Ann","message":"hello"}""");
        var answer = (await request.SendAsync(Api)).Succeeded();

        var again = await (request with { Path = $"/api/order-issue/discussion/{paths.Other}" }).SendAsync(Api);
        var withoutQuery = await (request with { Path = request.Path + "?" }).SendAsync(Api);

        Assert.That((again.Text, withoutQuery.Text), Is.EqualTo((answer.Text, answer.Text)));
    }

    [Test]
    public async Task A_key_is_case_sensitive_and_may_be_any_visible_characters([ValueSource(nameof(Repeatable))] string operation)
    {
        var request = await Request.OfAsync(Api, operation);
        string[] keys = [$"a{request.Key}", $"A{request.Key}", $"a/../%2F\"'$,;{{}}[]<>\\{request.Key}", $"~!{request.Key}".PadRight(255, '~')];
        foreach (var key in keys)
        {
            Assert.That(ReplayedOf((await request.SendAsync(Api, key)).Succeeded(request.Status)), Is.Null);
            Assert.That(ReplayedOf((await request.SendAsync(Api, key)).Succeeded(request.Status)), Is.EqualTo("true"));
        }

        Assert.That(await request.CountAsync(Api), Is.EqualTo(keys.Length));
    }

    [Test]
    public async Task What_is_no_key_is_refused([ValueSource(nameof(Operations))] string operation, [Values("a b", "a\tb", "long", "two")] string sent)
    {
        var request = await Request.OfAsync(Api, operation);
        string[] keys = sent switch
        {
            "long" => [new('x', 256)],
            "two" => [request.Key, request.Key],
            _ => [sent],
        };

        var refused = (await request.SendAsync(Api, keys)).Failed(HttpStatusCode.BadRequest, "validation_failed");

        Assert.That(refused.ErrorFields, Is.EqualTo(new[] { "Idempotency-Key" }));
        Assert.That(await request.CountAsync(Api), Is.Zero);
    }

    [Test]
    public async Task A_key_beyond_ASCII_is_refused([Values("\u00C3\u00A9", "\u007F")] string sent)
    {
        var (status, text) = await Api.SendRawAsync(
            $"POST /api/order-issue/create HTTP/1.1\r\nHost: {Api.Address.Authority}\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + $"Idempotency-Key: {sent}\r\nContent-Length: 2\r\n\r\n{{}}");

        Assert.That((status, text), Is.EqualTo((HttpStatusCode.BadRequest, text)));
        Assert.That(text, Does.Contain("\"errors\":{\"Idempotency-Key\":[").Or.Contain("\r\nContent-Length: 0\r\n"));
    }

    [Test]
    public async Task An_empty_key_is_none([ValueSource(nameof(Repeatable))] string operation, [Values("", "  ")] string sent)
    {
        var request = await Request.OfAsync(Api, operation);

        Assert.That(ReplayedOf((await request.SendAsync(Api, sent)).Succeeded(request.Status)), Is.Null);
        Assert.That(ReplayedOf((await request.SendAsync(Api, sent)).Succeeded(request.Status)), Is.Null);

        Assert.That(await request.CountAsync(Api), Is.EqualTo(2));
    }

    [Test]
    public async Task A_refused_request_leaves_its_key_free()
    {
        var create = await Request.OfAsync(Api, "create");
        (await (create with { Json = "{}" }).SendAsync(Api)).Failed(HttpStatusCode.BadRequest, "validation_failed");
        (await (create with { Json = "{" }).SendAsync(Api)).Failed(HttpStatusCode.BadRequest, "malformed_body");
        Assert.That(ReplayedOf((await create.SendAsync(Api)).Succeeded(HttpStatusCode.Created)), Is.Null);

        var order = Api.NewOrder();
        var message = new Request(HttpMethod.Put, $"/api/order-issue/discussion/{order}", """{"username":"Ann","message":"hello"}""");
        (await message.SendAsync(Api)).Failed(HttpStatusCode.NotFound, "issue_not_found");
        await Api.CreateAsync(Api.Minimal(order));
        (await message.SendAsync(Api)).Succeeded();
        Assert.That(await message.CountAsync(Api), Is.EqualTo(1));
    }

    [Test]
    public async Task A_retry_of_a_change_doesn_t_undo_what_others_changed_since()
    {
        var created = await Api.CreateAsync(Api.Minimal());
        var request = new Request(HttpMethod.Patch, $"/api/order-issue/{created.IssueId}", """{"packer":"Jim"}""");
        var first = (await request.SendAsync(Api)).Succeeded();
        (await (request with { Json = """{"packer":"Ann"}""" }).SendAsync(Api, key: null)).Succeeded();

        Assert.That((await request.SendAsync(Api)).Text, Is.EqualTo(first.Text));
        Assert.That((string?)(await Api.GetAsync(request.Path)).Data["packer"], Is.EqualTo("Ann"));
    }

    [Test]
    public async Task A_retry_is_answered_before_If_Match_is_looked_at()
    {
        var created = await Api.CreateAsync(Api.Minimal());
        var request = new Request(
            HttpMethod.Put, $"/api/order-issue/discussion/{created.Data["OrderId"]}", """{"username":"Ann","message":"hello"}""", created.Headers.ETag!.ToString());

        var first = (await request.SendAsync(Api)).Succeeded();

        Assert.That((await request.SendAsync(Api)).Succeeded().Text, Is.EqualTo(first.Text));
        (await request.SendAsync(Api, key: null)).Failed(HttpStatusCode.PreconditionFailed, "precondition_failed");
        (await request.SendAsync(Api, "another")).Failed(HttpStatusCode.PreconditionFailed, "precondition_failed");
    }

    [TestCase("create", 32)]
    [TestCase("discussion", 16)]
    [TestCase("update", 16)]
    [TestCase("patch", 16)]
    public async Task Parallel_requests_on_two_instances_have_the_effect_of_one(string operation, int count)
    {
        using var one = Service.On(store);
        using var two = one.Another();
        var request = await Request.OfAsync(one.Api, operation);

        var answers = await Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => request.SendAsync((i % 2 == 0 ? one : two).Api))));

        Assert.That(await request.CountAsync(two.Api), Is.EqualTo(1));
        var first = answers.Single(answer => answer.Status == request.Status && ReplayedOf(answer) is null);
        foreach (var answer in answers.Where(answer => answer != first))
        {
            if (answer.Status == HttpStatusCode.Conflict)
            {
                Assert.That(answer.Failed(HttpStatusCode.Conflict, "conflict").Headers.RetryAfter?.ToString(), Is.EqualTo("1"));
                continue;
            }

            Assert.That((answer.Status, answer.Text), Is.EqualTo((request.Status, first.Text)));
        }

        foreach (var service in new[] { one, two })
        {
            var replay = await request.SendAsync(service.Api);
            Assert.That((replay.Text, ReplayedOf(replay)), Is.EqualTo((first.Text, "true")));
        }
    }

    [Test]
    public async Task An_answer_is_remembered_for_24_hours_also_over_a_restart([ValueSource(nameof(Repeatable))] string operation)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var service = Service.On(store, time);
        var request = await Request.OfAsync(service.Api, operation);
        var first = await request.SendAsync(service.Api);

        time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        using (var restarted = service.Another())
        {
            Assert.That((await request.SendAsync(restarted.Api)).Text, Is.EqualTo(first.Text));
        }

        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(ReplayedOf((await request.SendAsync(service.Api)).Succeeded(request.Status)), Is.Null);
        Assert.That(await request.CountAsync(service.Api), Is.EqualTo(2));
    }

    [Test]
    public async Task A_caller_that_goes_away_may_try_again_at_once()
    {
        var request = await Request.OfAsync(Api, "create");
        for (var i = 0; i < 20; i++)
        {
            // Whether it is met before, in or after its work, nobody knows.
            using var impatient = new HttpClient { BaseAddress = Api.Address };
            using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(i), TimeProvider.System);
            await Task.WhenAny(impatient.SendAsync(request.Message([$"{request.Key}-{i}"]), gone.Token));
        }

        for (var i = 0; i < 20; i++)
        {
            var answer = await UntilItIsOverAsync(() => request.SendAsync(Api, $"{request.Key}-{i}"));
            answer.Succeeded(HttpStatusCode.Created);
        }

        Assert.That(await request.CountAsync(Api), Is.EqualTo(20));
    }

    private static async Task<Answer> UntilItIsOverAsync(Func<Task<Answer>> send)
    {
        for (var tries = 0; ; tries++)
        {
            var answer = await send();
            if (answer.Status != HttpStatusCode.Conflict)
            {
                return answer;
            }

            Assert.That(tries, Is.LessThan(500), "The first request never ends");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    private sealed class CountedDates : JsonConverter<DateTimeOffset>
    {
        public int Written { get; set; }

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            Written++;
            writer.WriteStringValue(value);
        }
    }

    private static string? ReplayedOf(Answer answer) => answer.Headers.TryGetValues("Idempotency-Replayed", out var values) ? values.Single() : null;
}
