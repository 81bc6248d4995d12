using Microsoft.Extensions.DependencyInjection;
using MongoDB.Bson;
using OrderIssues.Application.Common.Errors;
using OrderIssues.Application.Common.Records;
using OrderIssues.Application.Moves;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Infrastructure.IntegrationTests.Stores;
using OrderIssues.TestCommon;

namespace OrderIssues.Infrastructure.IntegrationTests.Moves;

/// <summary>Moves from a store of one kind into one of the other.</summary>
[TestFixture(StoreKind.Sqlite, StoreKind.MongoDb)]
[TestFixture(StoreKind.MongoDb, StoreKind.Sqlite)]
public sealed class StoreMoveTests(StoreKind fromKind, StoreKind toKind)
{
    private MovedStore from = null!;
    private MovedStore to = null!;

    private static DateTimeOffset Now => MovedStore.Time.GetUtcNow();

    [SetUp]
    public async Task Begin() => (from, to) = (await MovedStore.NewAsync(fromKind), await MovedStore.NewAsync(toKind));

    [TearDown]
    public async Task End()
    {
        await (from?.DisposeAsync() ?? default);
        await (to?.DisposeAsync() ?? default);
    }

    [Test]
    public async Task Brings_all_over_and_services_go_on_where_they_were()
    {
        var (messageId, entryId) = (EntityId.New(Now), EntityId.New(Now));
        using (var service = from.Start())
        {
            await FillAsync(service, messageId, entryId);
        }

        var before = await from.ReadAsync();

        var report = await from.MoveToAsync(to);

        Assert.That((report.Issues, report.LastEvent, report.Records), Is.EqualTo((23L, 26L, 5L)));
        (await to.ReadAsync()).AssertIs(before);
        using var next = to.Start();
        var issue = (await next.Store.FindAsync("1600001", default))!;
        Assert.That(issue.Discussion.Single().Message, Is.EqualTo("Hello"));
        Assert.That((await next.Store.FindByOrderAsync("A-0", null, default))!.Items, Has.Count.EqualTo(2));
        foreach (var id in new[] { messageId, entryId })
        {
            Assert.That((await next.Store.FindWithChangeAsync("A-0", id, default))!.IssueId, Is.EqualTo("1600001"), "A retry makes no change twice");
        }

        Assert.That((await next.Store.AddAsync(IssueFactory.Issue("B-1"), default)).Issue.IssueId, Is.EqualTo("1600024"));
        await ApplyAsync(next, issue.AddMessage("Cid", "More", Now));
        Assert.That((await next.Store.FindAsync("1600001", default))!.Discussion, Has.Count.EqualTo(2));
        var log = next.Services.GetRequiredService<Domain.Events.IEventLog>();
        while ((await log.GetRangeAsync(default)).Latest < 28)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.CurrentContext.CancellationToken);
        }

        Assert.That((await log.GetRangeAsync(default)).Epoch, Is.EqualTo(before.Log.Epoch), "Followers go on where they were");
        Assert.That((await log.ReadAsync(26, 9, default)).Select(told => told.Action), Is.EqualTo(new[] { "created", "messageAdded" }));
    }

    [Test]
    public async Task Goes_on_after_an_end_at_any_point()
    {
        using (var service = from.Start())
        {
            await FillAsync(service, EntityId.New(Now), EntityId.New(Now));
        }

        var before = await from.ReadAsync();
        var (calls, changes) = (0, 0);
        for (var isMoved = false; !isMoved; calls++)
        {
            await using var source = from.Open();
            await using var target = to.Open();
            var (store, life) = (source.GetRequiredService<IMoveSource>(), new Life(calls));
            try
            {
                await new StoreMove(life.Of(store), life.Of(target.GetRequiredService<IMoveTarget>()), MovedStore.Time)
                    .RunAsync(_ => { }, default);
                isMoved = true;
            }
            catch (IOException)
            {
                // Killed as the other store is to be opened, it is finished: another run opens it.
                if (await IsFinishedAsync())
                {
                    continue;
                }

                // A service may write meanwhile.
                changes++;
                await store.ReleaseAsync(default);
                using var service = from.Start();
                await ApplyAsync(service, (await service.Store.FindByOrderAsync("A-3", null, default))!.AddMessage("Cid", $"Hello {calls}", Now));
                await EventsAsync(service, 26 + changes);
            }
        }

        Assert.That(calls, Is.GreaterThan(20));
        var content = await to.ReadAsync();
        content.AssertIs(await from.ReadAsync());
        Assert.That(content.Events, Has.Count.EqualTo(before.Events.Count + changes));

        async Task<bool> IsFinishedAsync()
        {
            await using var services = to.Open();
            return await services.GetRequiredService<IMoveTarget>().GetStateAsync(before.Log.Epoch, default) == TargetState.Finished;
        }
    }

    [Test]
    public async Task Moves_into_an_empty_store_only()
    {
        using (var service = from.Start())
        {
            await service.Store.AddAsync(IssueFactory.Issue("A-1"), default);
            await EventsAsync(service, 1);
        }

        using (var other = to.Start())
        {
            await other.Store.AddAsync(IssueFactory.Issue("B-1"), default);
        }

        Assert.That(() => from.MoveToAsync(to), Throws.TypeOf<MoveException>().With.Message.Contains("has issues or records of its own"));

        using var service2 = from.Start();
        Assert.That((await service2.Store.AddAsync(IssueFactory.Issue("A-2"), default)).Issue.IssueId, Is.EqualTo("1600002"), "It takes writes");
        using var other2 = to.Start();
        Assert.That((await other2.Store.FindAsync("1600001", default))!.OrderId, Is.EqualTo("B-1"));
    }

    [Test]
    public async Task Moves_once()
    {
        using (var service = from.Start())
        {
            await service.Store.AddAsync(IssueFactory.Issue("A-1"), default);
            await EventsAsync(service, 1);
        }

        await from.MoveToAsync(to);
        using (var next = to.Start())
        {
            await ApplyAsync(next, (await next.Store.FindByOrderAsync("A-1", null, default))!.AddMessage("Cid", "Kept", Now));
        }

        await using var other = await MovedStore.NewAsync(toKind);
        await using var command = from.Open();
        var source = command.GetRequiredService<IMoveSource>();
        if (await source.IsFencedAsync(default))
        {
            Assert.That((await from.MoveToAsync(to)).Issues, Is.EqualTo(1), "It is where it was to be");
            Assert.That(() => from.MoveToAsync(other), Throws.TypeOf<MoveException>().With.Message.Contains("takes no changes"));
            await source.ReleaseAsync(default);
        }

        Assert.That(() => from.MoveToAsync(to), Throws.TypeOf<MoveException>(), "What was written since would be lost");

        using var last = to.Start();
        Assert.That((await last.Store.FindByOrderAsync("A-1", null, default))!.Discussion.Single().Message, Is.EqualTo("Kept"));
    }

    [Test]
    public async Task Of_two_runs_the_later_one_moves_all([Values] bool isBehindFence)
    {
        using (var service = from.Start())
        {
            await FillAsync(service, EntityId.New(Now), EntityId.New(Now));
        }

        var later = false;
        Assert.That(
            () => from.MoveToAsync(to, progress =>
            {
                if (!later && progress.Step == (isBehindFence ? MoveStep.Records : MoveStep.Compare))
                {
                    later = true;
                    from.MoveToAsync(to).Wait(TestContext.CurrentContext.CancellationToken);
                }
            }),
            Throws.TypeOf<MoveException>());

        (await to.ReadAsync()).AssertIs(await from.ReadAsync());
        await using var command = from.Open();
        Assert.That(await command.GetRequiredService<IMoveSource>().IsFencedAsync(default), Is.True, "It stays so");
    }

    [Test]
    public async Task Says_which_store_cannot_be_used()
    {
        await using var missing = await MovedStore.NewAsync(StoreKind.Sqlite);
        await using var file = await MovedStore.NewAsync(StoreKind.Sqlite);
        await File.WriteAllTextAsync(file.File, "no database, but long enough to be taken for one");

        Assert.That(() => missing.MoveToAsync(file), Throws.TypeOf<MoveException>().With.Message.StartsWith($"the SQLite file {missing.File} can't be used"));
        using (missing.Start())
        {
        }

        Assert.That(() => missing.MoveToAsync(file), Throws.TypeOf<MoveException>().With.Message.StartsWith($"the SQLite file {file.File} can't be used"));
    }

    /// <summary>Four services' callers write until they are refused.</summary>
    [Test]
    public async Task Loses_nothing_that_services_acknowledge_meanwhile()
    {
        await (fromKind == StoreKind.MongoDb ? RequireValidatorsAsync() : Task.CompletedTask);
        using var service = from.Start();
        var acknowledged = new System.Collections.Concurrent.ConcurrentBag<string>();
        var refused = new System.Collections.Concurrent.ConcurrentBag<FailureException>();
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    acknowledged.Add((await service.Store.AddAsync(IssueFactory.Issue($"A-{writer}-{i}"), default)).Issue.IssueId!);
                    await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
                }
            }
            catch (FailureException failure)
            {
                refused.Add(failure);
            }
        })));
        while (acknowledged.Count < 200)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        await from.MoveToAsync(to);
        await writing;

        Assert.That(refused.Select(failure => failure.Code), Is.All.EqualTo(FailureCode.StoreUnavailable));
        Assert.That(refused.Select(failure => failure.Message), Is.All.StartsWith("The issues are being moved"));
        Assert.That((await service.Store.FindAsync(acknowledged.First(), default))!.OrderId, Is.Not.Empty, "It can be read");
        var moved = await to.ReadAsync();
        Assert.That(moved.Issues.Select(issue => issue.Issue.IssueId), Is.SupersetOf(acknowledged));
        moved.AssertIs(await from.ReadAsync());

        await using var command = from.Open();
        Assert.That(await command.GetRequiredService<IMoveSource>().ReleaseAsync(default), Is.True);
        await service.Store.AddAsync(IssueFactory.Issue("A-9"), default);
        Assert.That(await command.GetRequiredService<IMoveSource>().ReleaseAsync(default), Is.False);
    }

    private static async Task FillAsync(StoreHost service, EntityId messageId, EntityId entryId)
    {
        for (var i = 0; i < 23; i++)
        {
            await service.Store.AddAsync(OrderIssue.Open(IssueFactory.FullDetails($"A-{i}"), IssueFactory.Statuses, Now) with { Caller = "app" }, default);
        }

        var issue = (await service.Store.FindByOrderAsync("A-0", null, default))!;
        await ApplyAsync(service, issue.AddMessage("Cid", "Hello", Now, messageId));
        issue = (await service.Store.FindByOrderAsync("A-0", null, default))!;
        await ApplyAsync(service, issue.ChangeStatus("done", "Ben", IssueFactory.Statuses, Now) with { EntryId = entryId });
        issue = (await service.Store.FindByOrderAsync("A-1", null, default))!;
        await ApplyAsync(service, issue.Patch(new() { Notes = "2026-01-02T03:04:05.678Z", Items = new([new("X", 2)]), Picker = new(null) }, IssueFactory.Statuses, Now)!);
        await EventsAsync(service, 26);
        foreach (var kind in new[] { RecordKinds.Idempotency, RecordKinds.TicketIssues, RecordKinds.Webhooks, "webhooksPending:erp" })
        {
            await service.Records.PutIfAbsentAsync(new()
            {
                Kind = kind,
                Key = "key é",
                Content = $$"""{"targetId":"{{messageId}}"}""",
                Attachment = [1, 2, 0],
                ExpiresAt = Now.AddDays(1),
                DueAt = kind.Contains(':', StringComparison.Ordinal) ? Now.AddHours(1) : null,
            });
        }

        await service.Records.PutIfAbsentAsync(new() { Kind = RecordKinds.TikTokShopTokens, Key = "shop", Content = """{"accessToken":"a","refreshToken":"b"}""" });
    }

    private static async Task ApplyAsync(StoreHost service, IssueChange change) =>
        Assert.That(await service.Store.TryChangeAsync(change, default), Is.TypeOf<ChangeResult.Applied>());

    /// <summary>Waits until the log has so many events.</summary>
    private static async Task EventsAsync(StoreHost service, long count)
    {
        var log = service.Services.GetRequiredService<Domain.Events.IEventLog>();
        while ((await log.GetRangeAsync(default)).Latest < count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.CurrentContext.CancellationToken);
        }
    }

    /// <summary>Skips the test on a server that takes a validator, but doesn't apply it.</summary>
    private async Task RequireValidatorsAsync()
    {
        var trial = from.Database.Database.GetCollection<BsonDocument>("trial");
        await trial.InsertOneAsync([]);
        await from.Database.Database.RunCommandAsync<BsonDocument>(BsonDocument.Parse("""{ "collMod": "trial", "validator": { "a": 1 } }"""));
        try
        {
            await trial.InsertOneAsync([]);
            Assert.Ignore("The server has no validators.");
        }
        catch (MongoDB.Driver.MongoWriteException)
        {
            // It has.
        }
    }
}
