using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;
using static OrderIssues.TestCommon.IssueFactory;

namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>What every <see cref="IOrderIssueStore"/> keeps. A fixture a store derives from it.</summary>
public abstract class OrderIssueStoreContract
{
    private static readonly DateTimeOffset Later = Now.AddHours(1);

    /// <summary>An empty store of the test's own.</summary>
    protected abstract IOrderIssueStore Store { get; }

    protected abstract IOrderIssueQueries Queries { get; }

    /// <summary>Puts messages into the store behind its back, for a test that needs many.</summary>
    protected abstract Task SeedMessagesAsync(OrderIssue issue, int count, string message);

    [Test]
    public async Task Gives_the_first_issue_the_number_1600001_and_then_one_more_each()
    {
        var numbers = new List<string?>();
        for (var i = 0; i < 3; i++)
        {
            numbers.Add((await AddAsync()).IssueId);
        }

        Assert.That(numbers, Is.EqualTo(new[] { "1600001", "1600002", "1600003" }));
    }

    [Test]
    public async Task The_head_of_an_issue_decides_as_the_whole_issue_does()
    {
        var issue = await AddAsync();
        issue = ((ChangeResult.Applied)await Store.TryChangeAsync(issue.AddMessage("Jane", "First", Later), default)).Issue;
        issue = ((ChangeResult.Applied)await Store.TryChangeAsync(issue.AddMessage("Jane", "Second", Later.AddHours(1)), default)).Issue;

        var heads = new[]
        {
            await Store.FindHeadAsync(issue.IssueId!, default),
            await Store.FindHeadByOrderAsync(issue.OrderId, null, default),
            await Store.FindHeadByOrderAsync(issue.OrderId, issue.IssueId, default),
        };

        // Smaller once MongoDB has published the events of the issue, which may be at any time.
        var sizes = new[] { issue.StoredBytes, (await Store.FindAsync(issue.IssueId!, default))!.StoredBytes };
        foreach (var head in heads)
        {
            Assert.That(head! with { Discussion = issue.Discussion }, Is.EqualTo(issue).Using<OrderIssue>((one, other) =>
                one.Revision == other.Revision && one.LastMessageAt == other.LastMessageAt ? 0 : 1));
            Assert.That(head!.StoredBytes, Is.AnyOf(sizes.Cast<object>().ToArray()));
            Assert.That(head.LastMessageAt, Is.EqualTo(Later.AddHours(1)));
            Assert.That(head.ChangeStatus("done", null, Statuses, Now).At, Is.EqualTo(Later.AddHours(1)), "Not before the last message");
        }

        Assert.That(await Store.FindHeadAsync("1600000", default), Is.Null);
        Assert.That(await Store.FindHeadByOrderAsync(issue.OrderId, "1600000", default), Is.Null);
        Assert.That(await Store.FindHeadByOrderAsync("another", null, default), Is.Null);
    }

    [Test]
    public async Task A_change_may_be_answered_by_the_head()
    {
        var issue = await AddAsync();
        var message = new NewMessage(issue.OrderId, null, "Jane", "Hello", Later) { ReturnsHead = true };

        var added = ((ChangeResult.Applied)await Store.AddMessageAsync(message, default)).Issue;
        var closed = ((ChangeResult.Applied)await Store.TryChangeAsync(added.ChangeStatus("done", null, Statuses, Later) with { ReturnsHead = true }, default)).Issue;

        var read = (await Store.FindAsync(issue.IssueId!, default))!;
        Assert.That((closed.Revision, closed.Status, closed.LastMessageAt), Is.EqualTo((read.Revision, "done", read.LastMessageAt)));
        Assert.That(read.Discussion, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Numbers_issues_without_a_gap_when_400_come_at_once()
    {
        var issues = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => AddAsync($"A-{i}"))));

        Assert.That(
            issues.Select(issue => int.Parse(issue.IssueId!, null)).Order(), Is.EqualTo(Enumerable.Range(1_600_001, 400)));
    }

    [Test]
    public async Task Gives_back_what_was_added_in_full()
    {
        var issue = OrderIssue.Open(FullDetails(), Statuses, Now);

        var (added, isNew) = await Store.AddAsync(issue, default);

        Assert.That(isNew, Is.True);
        AssertSame(added, issue with { IssueId = "1600001" });
        AssertSame(await Store.FindAsync("1600001", default), added);
    }

    [Test]
    public async Task Gives_back_what_little_was_added()
    {
        var added = await AddAsync();

        Assert.That((added.Picker, added.Notes, added.ShippedAt, added.IssueResolvedAt), Is.EqualTo(((string?)null, (string?)null, (DateTimeOffset?)null, (DateTimeOffset?)null)));
        AssertSame(await Store.FindAsync(added.IssueId!, default), added);
    }

    [TestCase("1600002")]
    [TestCase("01600001")]
    [TestCase("+1600001")]
    [TestCase(" 1600001")]
    [TestCase("1600001 ")]
    [TestCase("1,600,001")]
    [TestCase("0x186a01")]
    [TestCase("99999999999999999999999999")]
    [TestCase("abc")]
    [TestCase("")]
    [TestCase("1600001' OR '1'='1")]
    [TestCase("{\"$gt\":\"\"}")]
    public async Task Finds_nothing_under_another_number(string issueId)
    {
        await AddAsync("A-1");

        Assert.That(await Store.FindAsync(issueId, default), Is.Null);
        Assert.That(await Store.FindByOrderAsync("A-1", issueId, default), Is.Null);
        Assert.That(await Queries.FindHistoryAsync(issueId, default), Is.Null);
    }

    [TestCase("A-2")]
    [TestCase("a-1")]
    [TestCase("A-1 ")]
    [TestCase("A-%")]
    [TestCase("A_1")]
    [TestCase("")]
    [TestCase("' OR '1'='1")]
    public async Task Finds_nothing_of_another_order(string orderId)
    {
        var added = await AddAsync("A-1");

        Assert.That(await Store.FindByOrderAsync(orderId, null, default), Is.Null);
        Assert.That(await Store.FindByOrderAsync(orderId, added.IssueId, default), Is.Null);
    }

    [Test]
    public async Task Finds_the_newest_issue_of_an_order()
    {
        var times = new[] { Now.AddDays(1), Now.AddDays(2), Now.AddDays(2), Now };
        var issues = new List<OrderIssue>();
        foreach (var time in times)
        {
            issues.Add(await AddAsync("A-1", time));
        }

        await AddAsync("A-2", Now.AddDays(9));

        Assert.That((await Store.FindByOrderAsync("A-1", null, default))?.Id, Is.EqualTo(OrderIssue.Newest(issues)!.Id));
    }

    [Test]
    public async Task Finds_the_named_issue_of_an_order()
    {
        var older = await AddAsync("A-1");
        await AddAsync("A-1", Later);

        AssertSame(await Store.FindByOrderAsync("A-1", older.IssueId, default), older);
    }

    [TestCase("freshdesk", "18362", "freshdesk")]
    [TestCase("freshdesk", "18362", "freshdesk-us")]
    [TestCase("freshdesk", "18362", "email", "freshdesk")]
    [TestCase("freshdesk", "18362", null, "freshdesk")]
    [TestCase("tiktok", "18362", "tiktok-de", "freshdesk")]
    [TestCase("tiktok", "' OR '1'='1", "tiktok", "tiktok")]
    [TestCase("freshdesk", "0018362", "freshdesk", "email")]
    public async Task Finds_the_issue_of_a_ticket(string system, string ticketId, string? source, string? channel = null)
    {
        var issue = await AddOfTicketAsync(ticketId, source, channel);

        AssertSame(await Store.FindByTicketAsync(system, ticketId, default), issue);
    }

    [TestCase("18363", "freshdesk")]
    [TestCase("018362", "freshdesk")]
    [TestCase("18362 ", "freshdesk")]
    [TestCase(null, "freshdesk")]
    [TestCase("18362", "tiktok")]
    [TestCase("18362", "tiktok-de")]
    [TestCase("18362", "tiktok", "freshdesk")]
    [TestCase("18362", "tiktok-de", "freshdesk")]
    [TestCase("18362", "email")]
    [TestCase("18362", "email-freshdesk")]
    [TestCase("18362", "email", "other")]
    [TestCase("18362", null)]
    public async Task Finds_nothing_of_another_ticket(string? ticketId, string? source, string? channel = null)
    {
        await AddOfTicketAsync(ticketId, source, channel);

        Assert.That(await Store.FindByTicketAsync("freshdesk", "18362", default), Is.Null);
    }

    [Test]
    public async Task Finds_the_newest_issue_of_a_ticket()
    {
        var issues = new List<OrderIssue>();
        foreach (var (time, source) in new[] { (Now.AddDays(1), "freshdesk"), (Now.AddDays(2), "freshdesk-us"), (Now.AddDays(2), "freshdesk-eu"), (Now, "freshdesk") })
        {
            issues.Add(await AddOfTicketAsync("18362", source, null, time));
        }

        await AddOfTicketAsync("18363", "freshdesk", null, Now.AddDays(9));
        await AddOfTicketAsync("18362", "tiktok", null, Now.AddDays(9));

        AssertSame(await Store.FindByTicketAsync("freshdesk", "18362", default), OrderIssue.Newest(issues)!);
    }

    [Test]
    public async Task Finds_the_issue_of_a_ticket_whole_and_as_it_is_now()
    {
        var issue = await AddOfTicketAsync("18362", "freshdesk", null);
        var changed = await ApplyAsync(issue.AddMessage("John", "Hello", Later));
        AssertSame(await Store.FindByTicketAsync("freshdesk", "18362", default), changed);

        await ApplyAsync(changed.Patch(new() { TicketId = "18363" }, Statuses, Later)!);

        Assert.That(await Store.FindByTicketAsync("freshdesk", "18362", default), Is.Null);
        Assert.That((await Store.FindByTicketAsync("freshdesk", "18363", default))?.Id, Is.EqualTo(issue.Id));
    }

    [Test]
    public async Task Applies_a_change_whole()
    {
        var issue = await AddAsync();

        var changed = await ApplyAsync(issue.ChangeStatus("done", "Jane", Statuses, Later));

        AssertSame(changed, issue with { Status = "done", IssueResolvedAt = Later, UpdatedAt = Later, Version = 1 });
        AssertSame(await Store.FindAsync(issue.IssueId!, default), changed);
    }

    [Test]
    public async Task Removes_what_the_change_removes()
    {
        var issue = await AddAsync(status: "done");

        var changed = await ApplyAsync(issue.ChangeStatus("open", null, Statuses, Later));

        AssertSame(changed, issue with { Status = "open", IssueResolvedAt = null, UpdatedAt = Later, Version = 1 });
    }

    [Test]
    public async Task Leaves_the_issue_alone_when_a_value_it_was_decided_from_is_another_one()
    {
        var issue = await AddAsync();
        var pending = await ApplyAsync(issue.ChangeStatus("pending", null, Statuses, Later));

        var result = await Store.TryChangeAsync(issue.ChangeStatus("done", null, Statuses, Later), default);

        Assert.That(result, Is.TypeOf<ChangeResult.Outdated>());
        AssertSame(await Store.FindAsync(issue.IssueId!, default), pending);
    }

    [Test]
    public async Task Leaves_the_issue_alone_when_a_value_is_there_that_was_not()
    {
        var issue = await AddAsync();
        var done = await ApplyAsync(issue.ChangeStatus("done", null, Statuses, Later));
        var decidedBefore = (done with { IssueResolvedAt = null }).ChangeStatus("open", null, Statuses, Later);

        Assert.That(await Store.TryChangeAsync(decidedBefore, default), Is.TypeOf<ChangeResult.Outdated>());
    }

    [Test]
    public async Task Applies_a_patch_and_tells_of_it_with_the_values_that_were_there()
    {
        var (issue, _) = await Store.AddAsync(OrderIssue.Open(FullDetails(), Statuses, Now), default);
        var items = new IssueItem[] { new("CUP", 2), new("MUG-BLUE-2", 1) };

        var changed = await ApplyAsync(issue.Patch(new() { Items = items, TrackingNumber = new string[] { "T" }, ShippedAt = null, Notes = "n" }, Statuses, Later)!);

        AssertSame(changed, issue with { Items = items, TrackingNumber = ["T"], ShippedAt = null, Notes = "n", UpdatedAt = Later, Version = 1 });
        var changes = (await Queries.FindHistoryAsync(issue.IssueId!, default))![1].Changes;
        Assert.That(changes.Select(change => change.Field), Is.EqualTo(new[] { "items", "trackingNumber", "shipped_at", "notes" }));
        Assert.That(changes.Select(change => change.From), Is.EqualTo(new object?[] { issue.Items, issue.TrackingNumber, issue.ShippedAt, issue.Notes }));
        Assert.That(changes.Select(change => change.To), Is.EqualTo(new object?[] { items, new[] { "T" }, null, "n" }));
    }

    [Test]
    public async Task Leaves_the_issue_alone_when_a_list_is_another_one()
    {
        var issue = await AddAsync();
        var decidedBefore = issue.Patch(new() { Items = new IssueItem[] { new("CUP", 1) }, Picker = "P" }, Statuses, Later)!;
        var patched = await ApplyAsync(issue.Patch(new() { Items = new IssueItem[] { new("MUG", 1) } }, Statuses, Later)!);

        Assert.That(await Store.TryChangeAsync(decidedBefore, default), Is.TypeOf<ChangeResult.Outdated>());
        AssertSame(await Store.FindAsync(issue.IssueId!, default), patched);
    }

    [Test]
    public async Task Weighs_what_the_history_keeps_of_fields()
    {
        var issue = await AddAsync();
        ChangeResult result;
        var patches = 0;
        do
        {
            var notes = new string((char)('a' + (patches++ % 26)), 100_000);
            result = await Store.TryChangeAsync(issue.Patch(new() { Notes = notes }, Statuses, Later)!, default);
            issue = (result as ChangeResult.Applied)?.Issue ?? issue;
        }
        while (result is ChangeResult.Applied && patches < 100);

        Assert.That(result, Is.TypeOf<ChangeResult.Full>());
        Assert.That(patches, Is.InRange(IssueLimits.StoredBytes / 205_000, IssueLimits.StoredBytes / 195_000));
    }

    [Test]
    public async Task Does_not_change_an_issue_under_another_order()
    {
        var issue = await AddAsync("A-1");

        var change = (issue with { OrderId = "A-2" }).AddMessage("John", "Hello", Later);

        Assert.That(await Store.TryChangeAsync(change, default), Is.TypeOf<ChangeResult.Outdated>());
    }

    [Test]
    public async Task Does_not_change_an_issue_that_is_not_there() =>
        Assert.That(await Store.TryChangeAsync(Issue().AddMessage("John", "Hello", Later), default), Is.TypeOf<ChangeResult.Outdated>());

    [Test]
    public async Task Tells_the_history_of_an_issue_oldest_first()
    {
        var (issue, _) = await Store.AddAsync(OrderIssue.Open(FullDetails(), Statuses, Now), default);
        await AddAsync("A-2");
        issue = await ApplyAsync(issue.ChangeStatus("done", "Jane", Statuses, Later));
        issue = await ApplyAsync(issue.AddMessage("John", "Hello", Later.AddSeconds(1)));
        await ApplyAsync(issue.ChangeStatus("open", null, Statuses, Later.AddSeconds(2)));

        var history = await Queries.FindHistoryAsync(issue.IssueId!, default);

        Assert.That(history!.Select(entry => (entry.At, entry.By, entry.Action)), Is.EqualTo(new[]
        {
            (Now, "agentName", "created"), (Later, "Jane", "statusChanged"), (Later.AddSeconds(1), "John", "messageAdded"),
            (Later.AddSeconds(2), null, "statusChanged"),
        }));
        Assert.That(history!.Select(entry => entry.Changes), Is.EqualTo(new FieldChange[][]
        {
            [new("status", null, "open")],
            [new("status", "open", "done"), new("issueResolvedAt", null, Later)],
            [new("discussion", null, null)],
            [new("status", "done", "open"), new("issueResolvedAt", Later, null)],
        }));
    }

    [Test]
    public async Task Appends_messages_in_order()
    {
        var issue = await AddAsync();
        var first = await ApplyAsync(issue.AddMessage("John", "First\nline \"two\" 花", Later));
        var second = await ApplyAsync(first.AddMessage("Jane", "Second", Later));

        Assert.That(second.Discussion, Is.EqualTo(new DiscussionMessage[]
        {
            new("John", "First\nline \"two\" 花", Later), new("Jane", "Second", Later),
        }));
        Assert.That(second.Version, Is.EqualTo(2));
        AssertSame(await Store.FindAsync(issue.IssueId!, default), second);
    }

    [Test]
    public async Task Keeps_what_others_wrote_since_the_change_was_decided()
    {
        var issue = await AddAsync();
        await ApplyAsync(issue.AddMessage("John", "Hello", Later));

        var changed = await ApplyAsync(issue.ChangeStatus("done", null, Statuses, Later));

        Assert.That(changed.Discussion, Has.Count.EqualTo(1));
        Assert.That((changed.Status, changed.Version), Is.EqualTo(("done", 2)));
    }

    [Test]
    public async Task Never_moves_the_time_of_the_last_update_back()
    {
        var issue = await AddAsync();
        var late = await ApplyAsync(issue.AddMessage("John", "Later", Later));

        var early = await ApplyAsync(issue.AddMessage("Jane", "Earlier", Now));

        Assert.That(early.UpdatedAt, Is.GreaterThanOrEqualTo(late.UpdatedAt!.Value));
        Assert.That(early.Discussion[1].CreatedAt, Is.EqualTo(Later));
    }

    [Test]
    public async Task Keeps_all_of_200_messages_that_come_at_once()
    {
        var issue = await AddAsync();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => ApplyAsync(issue.AddMessage("John", $"{i}", Later)))));

        var after = await Store.FindAsync(issue.IssueId!, default);
        Assert.That(after!.Discussion.Select(message => int.Parse(message.Message, null)), Is.EquivalentTo(Enumerable.Range(0, 200)));
        Assert.That(after.Version, Is.EqualTo(200));
    }

    [Test]
    public async Task Takes_an_issue_in_once()
    {
        var issue = Issue();
        var (first, _) = await Store.AddAsync(issue, default);
        var changed = await ApplyAsync(first.ChangeStatus("pending", null, Statuses, Later));

        var (present, isNew) = await Store.AddAsync(issue, default);

        Assert.That(isNew, Is.False);
        AssertSame(present, changed);
        AssertSame(await Store.FindAsync(issue.Id, default), changed);
        Assert.That(await Store.FindAsync(EntityId.New(Now), default), Is.Null);
        Assert.That((await Queries.FindHistoryAsync(first.IssueId!, default))!, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Takes_an_issue_in_once_that_comes_16_times_at_once()
    {
        var issue = Issue();

        var added = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Store.AddAsync(issue, default))));

        Assert.That(added.Select(one => one.Issue.IssueId).Distinct().Count(), Is.EqualTo(1));
        Assert.That(added.Count(one => one.IsNew), Is.EqualTo(1), "One call wrote it, and knows that it did");
        Assert.That(await Queries.CountAsync(new(), default), Is.EqualTo(1));
    }

    [Test]
    public async Task Appends_a_message_once()
    {
        var issue = await AddAsync();
        var (id, other) = (EntityId.New(Now), EntityId.New(Now));
        var first = await ApplyAsync(issue.AddMessage("John", "Hello", Later, id));
        await ApplyAsync(first.ChangeStatus("pending", null, Statuses, Later));
        var second = await ApplyAsync(first.AddMessage("Jane", "Hello", Later, other));

        // Of a state of the past, of which a change would be outdated.
        AssertSame(await ApplyAsync(issue.AddMessage("John", "Hello", Later, id)), second);
        AssertSame(await ApplyAsync(issue.AddMessage("John", "Hello", Later, id).IfUnchangedSince(issue)), second);

        AssertSame(await Store.FindAsync(issue.IssueId!, default), second);
        Assert.That(second.Discussion, Is.EqualTo(new DiscussionMessage[] { new("John", "Hello", Later) { Id = id }, new("Jane", "Hello", second.UpdatedAt!.Value.AddMilliseconds(-1)) { Id = other } }));
        Assert.That((await Queries.FindHistoryAsync(issue.IssueId!, default))!, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Makes_a_change_once_that_has_an_id()
    {
        var issue = await AddAsync();
        var change = issue.ChangeStatus("pending", "John", Statuses, Later) with { EntryId = EntityId.New(Now) };
        var first = await ApplyAsync(change);
        var second = await ApplyAsync(first.ChangeStatus("done", null, Statuses, Later));

        AssertSame(await ApplyAsync(change), second);
        AssertSame(await ApplyAsync(second.ChangeStatus("pending", "John", Statuses, Later) with { EntryId = change.EntryId }), second);
        AssertSame(await ApplyAsync(change.IfUnchangedSince(issue)), second);

        AssertSame(await Store.FindAsync(issue.IssueId!, default), second);
        Assert.That(
            (await Queries.FindHistoryAsync(issue.IssueId!, default))!.Select(entry => entry.Action),
            Is.EqualTo(new[] { HistoryActions.Created, HistoryActions.StatusChanged, HistoryActions.StatusChanged }));
    }

    [Test]
    public async Task Makes_a_change_once_that_comes_16_times_at_once([Values] bool isMessage)
    {
        var issue = await AddAsync();
        var change = isMessage
            ? issue.AddMessage("John", "Hello", Later, EntityId.New(Now))
            : issue.ChangeStatus("pending", null, Statuses, Later) with { EntryId = EntityId.New(Now) };

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => ApplyAsync(change))));

        Assert.That((await Store.FindAsync(issue.IssueId!, default))!.Version, Is.EqualTo(1));
    }

    [Test]
    public async Task Appends_a_message_once_also_where_there_is_no_room_for_another()
    {
        var issue = await AddAsync();
        await SeedMessagesAsync(issue, 4_999, "Hello");
        var change = issue.AddMessage("Jane", "Last", Later, EntityId.New(Now));
        await ApplyAsync(change);

        Assert.That((await ApplyAsync(change)).Discussion, Has.Count.EqualTo(5_000));
    }

    [Test]
    public async Task Finds_the_issue_that_has_a_change()
    {
        var older = await AddAsync("A-1");
        var newer = await AddAsync("A-1", Later);
        var (first, second) = (EntityId.New(Now), EntityId.New(Now));
        older = await ApplyAsync(older.AddMessage("John", "Hello", Later, first));
        newer = await ApplyAsync(newer.AddMessage("John", "Hello", Later, second));

        AssertSame(await Store.FindWithChangeAsync("A-1", first, default), older);
        AssertSame(await Store.FindWithChangeAsync("A-1", second, default), newer);
        var third = EntityId.New(Now);
        older = await ApplyAsync(older.ChangeStatus("pending", null, Statuses, Later) with { EntryId = third });
        AssertSame(await Store.FindWithChangeAsync("A-1", third, default), older);
        Assert.That(await Store.FindWithChangeAsync("A-2", third, default), Is.Null);
        Assert.That(await Store.FindWithChangeAsync("A-2", first, default), Is.Null);
        Assert.That(await Store.FindWithChangeAsync("A-1", EntityId.New(Now), default), Is.Null);
    }

    [Test]
    public async Task Applies_one_of_16_changes_that_were_decided_from_the_same_state()
    {
        var issue = await AddAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 16)
            .Select(i => Task.Run(() => Store.TryChangeAsync(issue.ChangeStatus($"status {i}", null, Statuses, Later), default))));

        Assert.That(results.Count(result => result is ChangeResult.Applied), Is.EqualTo(1));
        Assert.That((await Store.FindAsync(issue.IssueId!, default))!.Version, Is.EqualTo(1));
    }

    /// <summary>Whatever their clocks say, and in whichever order they are stored.</summary>
    [Test]
    public async Task Times_only_rise_also_under_concurrent_changes()
    {
        var issue = await AddAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() =>
            Store.TryChangeAsync(issue.AddMessage("John", $"${i}", Later.AddMilliseconds(i * 37 % 32)), default))));

        var states = results.Cast<ChangeResult.Applied>().Select(result => result.Issue).OrderBy(state => state.Version).ToList();
        Assert.That(states.Select(state => state.Version), Is.EqualTo(Enumerable.Range(1, 32)));
        Assert.That(states.Select(state => state.UpdatedAt), Is.Ordered.Ascending.And.Unique);
        Assert.That(states[^1].Discussion.Select(message => message.CreatedAt), Is.Ordered.Ascending);
        Assert.That((await Queries.FindHistoryAsync(issue.IssueId!, default))!.Select(entry => entry.At), Is.Ordered.Ascending);
    }

    [Test]
    public async Task Appends_a_message_to_the_newest_issue_of_an_order_without_reading_it()
    {
        var older = await AddAsync("A-1", Now);
        var newest = await AddAsync("A-1", Later);
        await AddAsync("A-2", Later.AddDays(1));

        var changed = ((ChangeResult.Applied)await Store.AddMessageAsync(Hello("A-1"), default)).Issue;

        var message = new DiscussionMessage("John", "$Hello", Later) { Id = changed.Discussion[0].Id };
        AssertSame(changed, newest with { Discussion = [message], Version = 1, UpdatedAt = Later.AddMilliseconds(1) });
        AssertSame(await Store.FindAsync(newest.IssueId!, default), changed);
        AssertSame(await Store.FindAsync(older.IssueId!, default), older);
        var entry = (await Queries.FindHistoryAsync(newest.IssueId!, default))![^1];
        Assert.That((entry.At, entry.By, entry.Caller, entry.Action), Is.EqualTo((Later, "John", "key", "messageAdded")));
        Assert.That(entry.Changes, Is.EqualTo(new FieldChange[] { new("discussion", null, null) }));
    }

    [Test]
    public async Task Appends_a_message_to_the_named_issue_of_an_order_without_reading_it()
    {
        var older = await AddAsync("A-1", Now);
        await AddAsync("A-1", Later);

        var changed = ((ChangeResult.Applied)await Store.AddMessageAsync(Hello("A-1", older.IssueId), default)).Issue;

        Assert.That((changed.IssueId, changed.Discussion.Count), Is.EqualTo((older.IssueId, 1)));
    }

    [TestCase("A-2", null)]
    [TestCase("A-2", "1600001")]
    [TestCase("A-1", "1600002")]
    [TestCase("A-1", "none")]
    public async Task Appends_no_message_where_there_is_no_such_issue(string orderId, string? issueId)
    {
        var issue = await AddAsync("A-1");

        Assert.That(await Store.AddMessageAsync(Hello(orderId, issueId), default), Is.TypeOf<ChangeResult.Outdated>());
        AssertSame(await Store.FindAsync(issue.IssueId!, default), issue);
    }

    [Test]
    public async Task Appends_no_message_to_an_older_issue_where_the_newest_is_full_or_has_it()
    {
        var older = await AddAsync("A-1", Now);
        var newest = await AddAsync("A-1", Later);
        await SeedMessagesAsync(newest, 4_999, "Hello");
        var message = Hello("A-1") with { Id = EntityId.New(Now) };

        var results = new List<ChangeResult>();
        foreach (var each in new[] { message, message, Hello("A-1") })
        {
            var result = await Store.AddMessageAsync(each, default);
            results.Add(result is ChangeResult.Outdated ? await Store.TryChangeAsync(each.ChangeOf(newest), default) : result);
        }

        Assert.That(results.Select(result => (result as ChangeResult.Applied)?.Issue.Discussion.Count), Is.EqualTo(new int?[] { 5_000, 5_000, null }));
        Assert.That(results[^1], Is.TypeOf<ChangeResult.Full>());
        AssertSame(await Store.FindAsync(older.IssueId!, default), older);
    }

    [Test]
    public async Task Keeps_all_of_200_messages_that_come_at_once_without_reading()
    {
        var issue = await AddAsync("A-1");

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => Store.AddMessageAsync(Hello("A-1"), default))));

        var after = (await Store.FindAsync(issue.IssueId!, default))!;
        Assert.That((after.Discussion.Count, after.Version), Is.EqualTo((200, 200)));
        Assert.That(after.Discussion.Select(message => message.CreatedAt), Is.Ordered.Ascending);
    }

    [Test]
    public async Task Refuses_a_message_past_5000()
    {
        var issue = await AddAsync();
        await SeedMessagesAsync(issue, 4_999, "Hello");

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => DecideAsync(issue.AddMessage("Jane", "Last", Later))));

        Assert.That(results.Count(result => result is ChangeResult.Applied), Is.EqualTo(1));
        Assert.That(results.Count(result => result is ChangeResult.Full), Is.EqualTo(3));
        Assert.That((await Store.FindAsync(issue.IssueId!, default))!.Discussion, Has.Count.EqualTo(5_000));
        await ApplyAsync(issue.ChangeStatus("done", null, Statuses, Later));
    }

    [Test]
    public async Task Refuses_a_change_that_would_bring_the_issue_past_8_MiB()
    {
        var issue = await AddAsync();
        var message = new string('花', 10_000);
        await SeedMessagesAsync(issue, 7 * 1024 * 1024 / 30_000, message);

        var applied = 0;
        var current = (await Store.FindAsync(issue.IssueId!, default))!;
        while (await Store.TryChangeAsync(current.AddMessage("John", message, Later), default) is ChangeResult.Applied { Issue: var larger })
        {
            Assert.That(larger.StoredBytes, Is.InRange(current.StoredBytes + 30_000, IssueLimits.StoredBytes));
            current = larger;
            applied++;
        }

        Assert.That(applied, Is.InRange(30, 36), "one more MiB takes 34 messages of 30 kB, less what else is stored");
        Assert.That(await Store.TryChangeAsync(current.AddMessage("John", message, Later), default), Is.TypeOf<ChangeResult.Full>());
        await ApplyAsync(current.AddMessage("John", "A short one still fits", Later));
    }

    [Test]
    public async Task Closes_an_issue_that_is_full()
    {
        var issue = await AddAsync();
        await SeedMessagesAsync(issue, 7 * 1024 * 1024 / 30_000, new string('花', 10_000));
        var full = (await Store.FindAsync(issue.IssueId!, default))!;
        foreach (var length in new[] { 10_000, 1_000, 100, 1 })
        {
            while (await Store.TryChangeAsync(full.AddMessage("John", new string('x', length), Later), default) is ChangeResult.Applied { Issue: var larger })
            {
                full = larger;
            }
        }

        full = await ApplyAsync(full.ChangeStatus("done", "Jane", Statuses, Later));
        full = await ApplyAsync(full.Patch(new() { Status = "open" }, Statuses, Later)!);
        full = await ApplyAsync(full.ChangeStatus("open", "Jane", Statuses, Later));

        Assert.That(full.StoredBytes, Is.InRange(IssueLimits.StoredBytes - 20_000, IssueLimits.StoredBytes + 2_000));
        Assert.That(await Store.TryChangeAsync(full.Patch(new() { Status = "done", Notes = "Sent again" }, Statuses, Later)!, default), Is.TypeOf<ChangeResult.Full>());
        Assert.That(await Store.TryChangeAsync(full.AddMessage("John", "x", Later), default), Is.TypeOf<ChangeResult.Full>());
    }

    protected async Task<OrderIssue> AddAsync(string orderId = "A-1", DateTimeOffset? now = null, string? status = null) =>
        (await Store.AddAsync(Issue(orderId, status, now), default)).Issue;

    private async Task<OrderIssue> AddOfTicketAsync(string? ticketId, string? source, string? channel, DateTimeOffset? now = null) =>
        (await Store.AddAsync(
            OrderIssue.Open(Details() with { TicketId = ticketId, Source = source, Channel = channel }, Statuses, now ?? Now), default)).Issue;

    /// <summary>Tries a change again while others come first.</summary>
    private async Task<ChangeResult> DecideAsync(IssueChange change)
    {
        for (; ; )
        {
            if (await Store.TryChangeAsync(change, default) is not ChangeResult.Outdated and var result)
            {
                return result;
            }
        }
    }

    private static NewMessage Hello(string orderId, string? issueId = null) => new(orderId, issueId, "John", "$Hello", Now) { Caller = "key" };

    protected async Task<OrderIssue> ApplyAsync(IssueChange change)
    {
        var result = await Store.TryChangeAsync(change, default);
        Assert.That(result, Is.TypeOf<ChangeResult.Applied>());
        return ((ChangeResult.Applied)result).Issue;
    }

    /// <summary>Records with lists in them aren't equal when the lists are.</summary>
    protected static void AssertSame(OrderIssue? actual, OrderIssue expected)
    {
        Assert.That(actual, Is.Not.Null);
        foreach (var property in typeof(OrderIssue).GetProperties().Where(property => property.Name != nameof(OrderIssue.StoredBytes)))
        {
            Assert.That(property.GetValue(actual), Is.EqualTo(property.GetValue(expected)), property.Name);
        }
    }
}
