using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Common.Idempotency;
using OrderIssues.Domain.Issues;
using OrderIssues.TestCommon;

namespace OrderIssues.Application.UnitTests.Common;

public sealed class IdempotentRunnerTests
{
    private static readonly IdempotencyKey Key = new() { Caller = "john", Operation = "createIssue", Name = "k", Fingerprint = "f" };
    private static readonly byte[] Answer = [1, 2, 3];

    private readonly FakeTimeProvider time = new(IssueFactory.Now);
    private readonly CapturedLog log = new();
    private readonly RecordsInMemory records;
    private readonly List<EntityId> ids = [];
    private readonly List<bool> firsts = [];

    public IdempotentRunnerTests() => records = new RecordsInMemory(time);

    [Test]
    public async Task Does_the_work_once_and_gives_its_answer_again()
    {
        var first = await RunAsync(_ => Answer);
        var second = await RunAsync(_ => throw new AssertionException("Done already"));

        Assert.That((first.Response, first.IsReplay, second.Response, second.IsReplay), Is.EqualTo((Answer, false, Answer, true)));
    }

    [Test]
    public async Task Refuses_another_request_under_the_same_key_while_it_runs_and_after()
    {
        await RunDuringAsync(async _ =>
        {
            await FailsAsync(FailureCode.IdempotencyMismatch, Key with { Fingerprint = "g" });
            return Answer;
        });
        await FailsAsync(FailureCode.IdempotencyMismatch, Key with { Fingerprint = "g" });
    }

    [Test]
    public async Task Refuses_the_same_request_while_it_runs() => await RunDuringAsync(async _ =>
    {
        var failure = await FailsAsync(FailureCode.Conflict, Key);
        Assert.That(failure.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(1)));
        return Answer;
    });

    [Test]
    public async Task Keeps_nothing_of_what_was_refused(
        [Values(FailureCode.ValidationFailed, FailureCode.IssueNotFound, FailureCode.TicketNotFound, FailureCode.PreconditionFailed, FailureCode.IssueFull)] FailureCode code)
    {
        await FailsAsync(code, Key, new FailureException(code, ""));

        await RunAsync(_ => Answer, Key with { Fingerprint = "g" });
        Assert.That(ids[1], Is.Not.EqualTo(ids[0]));
    }

    [Test]
    public async Task Keeps_the_id_of_what_may_have_happened(
        [Values(FailureCode.StoreUnavailable, FailureCode.Overloaded, FailureCode.QueryTimeout, FailureCode.TicketSourceTimeout)] FailureCode code)
    {
        await FailsAsync(code, Key, new FailureException(code, ""));

        await RunAsync(_ => Answer);
        Assert.That(ids[1], Is.EqualTo(ids[0]));
        Assert.That(firsts, Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public async Task Keeps_the_id_when_the_caller_goes_away()
    {
        Assert.That(() => RunAsync(_ => throw new OperationCanceledException()), Throws.InstanceOf<OperationCanceledException>());

        await RunAsync(_ => Answer);
        Assert.That(ids[1], Is.EqualTo(ids[0]));
    }

    [Test]
    public async Task Keeps_the_id_when_a_retry_is_refused_since_the_first_try_may_still_write()
    {
        await FailsAsync(FailureCode.StoreUnavailable, Key, new FailureException(FailureCode.StoreUnavailable, ""));
        await FailsAsync(FailureCode.PreconditionFailed, Key, new FailureException(FailureCode.PreconditionFailed, ""));

        await RunAsync(_ => Answer);
        Assert.That(ids.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Answers_nothing_that_is_not_remembered()
    {
        records.Fault = new FailureException(FailureCode.StoreUnavailable, "");
        records.IsFaultOf = replacement => replacement.Attachment is not null;
        await FailsAsync(FailureCode.StoreUnavailable, Key);
        records.IsFaultOf = _ => false;

        Assert.That((await RunAsync(_ => Answer)).IsReplay, Is.False);
        Assert.That(ids[1], Is.EqualTo(ids[0]));
    }

    [Test]
    public async Task Waits_for_the_end_of_the_lease_where_that_cannot_be_ended_and_says_so()
    {
        records.Fault = new FailureException(FailureCode.StoreUnavailable, "down");
        await FailsAsync(FailureCode.Overloaded, Key, new FailureException(FailureCode.Overloaded, ""));

        Assert.That(log.Lines, Has.Some.Contains("Warning").And.Some.Contains("down").And.None.Contains("john"));
        records.IsFaultOf = _ => false;
        await FailsAsync(FailureCode.Conflict, Key);
        time.Advance(IdempotentRunner.Lease);
        await RunAsync(_ => Answer);
    }

    /// <summary>Also not where a process was killed whose clock was an hour ahead.</summary>
    [Test]
    public async Task Waits_for_no_lease_that_is_longer_than_any()
    {
        records.Fault = new FailureException(FailureCode.StoreUnavailable, "down");
        time.Advance(TimeSpan.FromHours(1));
        await FailsAsync(FailureCode.Overloaded, Key, new FailureException(FailureCode.Overloaded, ""));
        records.IsFaultOf = _ => false;

        time.AdjustTime(time.GetUtcNow() - IdempotentRunner.Lease);
        await FailsAsync(FailureCode.Conflict, Key);

        time.AdjustTime(time.GetUtcNow().AddHours(-1));
        await RunAsync(_ => Answer);
    }

    [Test]
    public void Two_keys_never_have_the_same_text()
    {
        IdempotencyKey[] keys =
        [
            Key, Key with { Caller = "" }, Key with { Caller = "john/createIssue" }, Key with { Operation = "addDiscussion" }, Key with { Subject = "A" },
            Key with { Subject = "A/B" }, Key with { Subject = "A%2FB" }, Key with { Subject = "A", Name = "B/k" }, Key with { Name = "/k" }, Key with { Name = "K" },
        ];

        Assert.That(keys.Select(key => key.Text), Is.Unique);
    }

    private Task<IdempotencyOutcome> RunAsync(Func<EntityId, byte[]> work, IdempotencyKey? key = null) => RunDuringAsync(id => Task.FromResult(work(id)), key);

    private Task<IdempotencyOutcome> RunDuringAsync(Func<EntityId, Task<byte[]>> work, IdempotencyKey? key = null)
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        return new IdempotentRunner(records, time, loggers.CreateLogger<IdempotentRunner>()).RunAsync(key ?? Key, attempt =>
        {
            ids.Add(attempt.TargetId);
            firsts.Add(attempt.IsFirst);
            return work(attempt.TargetId);
        });
    }

    private async Task<FailureException> FailsAsync(FailureCode code, IdempotencyKey key, FailureException? failure = null)
    {
        var thrown = await Assert.ThrowsAsync<FailureException>(() => RunAsync(_ => failure is null ? Answer : throw failure, key));
        Assert.That(thrown!.Code, Is.EqualTo(code));
        return thrown;
    }
}
