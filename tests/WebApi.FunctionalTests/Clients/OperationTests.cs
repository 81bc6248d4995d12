using System.Net;
using System.Text;
using OrderIssues.Client;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Clients;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class OperationTests(StoreKind store)
{
    private static readonly DateTimeOffset Reached = new(2025, 11, 20, 19, 0, 0, TimeSpan.FromHours(9));
    private readonly IOrderIssueClient client = DotnetClient.Of(Shared.On(store));

    [Test]
    public async Task What_is_sent_is_stored_and_what_is_not_set_is_absent()
    {
        var order = Api.NewOrder();
        var created = await client.CreateIssueAsync(new()
        {
            OrderId = order,
            Source = "email-jp",
            IssueType = "damaged",
            Items = [new() { Sku = "VASE-2", Qty = 3 }],
            TrackingNumber = ["TRK1"],
            CustomerReachedAt = Reached,
            Notes = "Ünïcödé 🙂",
        });
        var read = (await client.GetIssueAsync(created.Data.IssueId!)).Data;

        Assert.That((created.Status, created.Created, created.Replayed), Is.EqualTo((HttpStatusCode.Created, true, false)));
        Assert.That((read.OrderId, read.Channel, read.Status, read.Notes), Is.EqualTo((order, "email", "open", "Ünïcödé 🙂")));
        Assert.That((read.Items.Single().Sku, read.Items.Single().Qty), Is.EqualTo(("VASE-2", 3)));
        Assert.That(read.CustomerReachedAt, Is.EqualTo(Reached));
        Assert.That((read.ShippedAt, read.IssueResolvedAt, read.Picker), Is.EqualTo(((DateTimeOffset?)null, (DateTimeOffset?)null, (string?)null)));
    }

    [Test]
    public async Task A_patch_changes_what_it_sets_and_removes_what_it_sets_to_null()
    {
        var created = await client.CreateIssueAsync(Full());
        var id = created.Data.IssueId!;

        var packed = (await client.PatchIssueAsync(id, new() { Packer = "Jane" })).Data;
        Assert.That((packed.Packer, packed.Picker, packed.Notes, packed.ShippedAt), Is.EqualTo(("Jane", "John", "Fragile", Reached)));
        Assert.That(packed.Items, Has.Count.EqualTo(1));

        var emptied = (await client.PatchIssueAsync(id, new() { Picker = null, Notes = null, ShippedAt = null, Items = null, IssueType = "lost" })).Data;
        Assert.That((emptied.Packer, emptied.Picker, emptied.Notes, emptied.ShippedAt), Is.EqualTo(("Jane", (string?)null, (string?)null, (DateTimeOffset?)null)));
        Assert.That((emptied.Items.Count, emptied.IssueType, emptied.Version), Is.EqualTo((0, "lost", 2)));
    }

    [Test]
    public async Task A_view_is_saved_counted_and_removed()
    {
        var order = Api.NewOrder();
        await client.CreateIssueAsync(new() { OrderId = order, Source = "email", IssueType = "damaged" });

        Assert.That((await client.PutViewAsync(order, new() { Query = "limit=1" })).Created, Is.True);
        Assert.That((await client.PutViewAsync(order, new() { Query = $"OrderId={order}" })).Data.Query, Is.EqualTo($"OrderId={order}"));
        Assert.That((await client.ListViewsAsync(new() { Count = true })).Data.Single(view => view.Name == order).Count, Is.EqualTo(1));
        Assert.That((await client.DeleteViewAsync(order)).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(
            () => client.DeleteViewAsync(order),
            Throws.TypeOf<OrderIssueException>().With.Property(nameof(OrderIssueException.Code)).EqualTo(ProblemCode.ViewNotFound));
    }

    [Test]
    public async Task A_change_takes_effect_only_in_the_state_that_it_names()
    {
        var created = await client.CreateIssueAsync(Full());
        var id = created.Data.IssueId!;
        var first = await client.PatchIssueAsync(id, new() { Packer = "Jane" }, new() { IfMatch = created.ETag });

        var failure = await DotnetClient.FailureOf(client.PatchIssueAsync(id, new() { Packer = "Jim" }, new() { IfMatch = created.ETag }));

        Assert.That((failure.Code, failure.Status), Is.EqualTo((ProblemCode.PreconditionFailed, HttpStatusCode.PreconditionFailed)));
        Assert.That(first.ETag, Is.Not.Null.And.Not.EqualTo(created.ETag));
        Assert.That(await client.GetIssueIfChangedAsync(id, first.ETag!), Is.Null);
        Assert.That((await client.GetIssueIfChangedAsync(id, created.ETag!))?.Data.Packer, Is.EqualTo("Jane"));
        Assert.That((await client.ListIssuesAsync(new() { IssueId = [id] })).Data.Single().ETag, Is.EqualTo(first.ETag));
    }

    [Test]
    public async Task The_same_key_gets_the_same_answer_and_each_call_without_one_a_new_one()
    {
        var (body, options) = (Full(), new CreateIssueOptions { IdempotencyKey = Guid.NewGuid().ToString() });
        var answers = new[] { await client.CreateIssueAsync(body, options), await client.CreateIssueAsync(body, options), await client.CreateIssueAsync(body) };

        Assert.That(answers.Select(answer => answer.Replayed), Is.EqualTo(new[] { false, true, false }));
        Assert.That(answers.Select(answer => answer.Data.IssueId).Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task Status_messages_history_and_statistics()
    {
        var order = $"{Api.NewOrder()}/ü%2F +";
        var created = await client.CreateIssueAsync(Full(order));
        await client.UpdateStatusAsync(order, new() { Status = "done", By = "Jane" }, new() { IssueId = created.Data.IssueId });
        var said = await client.AddDiscussionAsync(order, new() { Username = "John", Message = "Shipped." });
        var history = await client.GetHistoryAsync(created.Data.IssueId!);
        var counted = await client.GetStatisticsAsync(new() { GroupBy = [GroupField.Status, GroupField.IssueType], OrderId = [order], Resolved = true });

        Assert.That((said.Data.Status, said.Data.Discussion.Single().Message), Is.EqualTo(("done", "Shipped.")));
        Assert.That(history.Data.Select(entry => (entry.Action, entry.By)), Is.EqualTo(new[] { ("created", null), ("statusChanged", "Jane"), ("messageAdded", "John") }));
        Assert.That(history.Data[1].Changes.Single(change => change.Field == "status").To?.GetString(), Is.EqualTo("done"));
        Assert.That(counted.Data.Groups.Select(group => (string.Join(' ', group.Keys!), group.Issues, group.Units)), Is.EqualTo(new[] { ("done damaged", 1L, 2L) }));
    }

    [Test]
    public async Task A_ticket_has_one_issue()
    {
        var ticket = await client.GetTicketAsync("18363");
        var first = await client.CreateIssueFromTicketAsync(new() { Source = "freshdesk", TicketId = "18363", IssueType = "wrong item" });
        var second = await client.CreateIssueFromTicketAsync(new() { Source = "freshdesk", TicketId = "18363", IssueType = "wrong item" });

        Assert.That((ticket.Data.OrderId, ticket.Data.CreatedAt?.Year), Is.EqualTo(("112-5550199-1234567", 2025)));
        Assert.That((second.Created, second.Data.IssueId), Is.EqualTo((false, first.Data.IssueId)));
    }

    [Test]
    public async Task A_file_comes_as_a_stream()
    {
        var order = Api.NewOrder();
        await client.CreateIssueAsync(Full(order));

        using var file = await client.ExportIssuesAsync(new() { Format = "csv", OrderId = [order] });
        using var reader = new StreamReader(file.Content, Encoding.UTF8);

        Assert.That(file.MediaType, Is.EqualTo("text/csv"));
        Assert.That(file.Name, Does.Match(@"^order-issues-\d{8}T\d{6}Z\.csv$"));
        Assert.That(await reader.ReadToEndAsync(), Does.Contain(order));
    }

    [Test]
    public async Task A_refusal_tells_what_is_wrong_with_which_field()
    {
        var failure = await DotnetClient.FailureOf(client.CreateIssueAsync(new() { OrderId = "", Source = "email", IssueType = "damaged", Items = [new() { Sku = "A", Qty = 0 }] }));

        Assert.That((failure.Code, failure.Status), Is.EqualTo((ProblemCode.ValidationFailed, HttpStatusCode.BadRequest)));
        Assert.That(failure.Errors.Keys, Is.EquivalentTo(new[] { "OrderId", "items[0].qty" }));
        Assert.That((failure.Method, failure.Path, failure.RetryAfter), Is.EqualTo(("POST", "/api/order-issue/create", (TimeSpan?)null)));
        Assert.That(failure.TraceId, Does.Match("^00-[0-9a-f]{32}-"));
    }

    [Test]
    public async Task An_answer_names_the_trace_that_the_service_took_it_for()
    {
        var failure = await DotnetClient.FailureOf(client.GetIssueAsync("1"));
        var read = await client.ListIssuesAsync(new() { Limit = 1 });

        Assert.That(failure.Message, Does.StartWith("GET /api/order-issue/1: "));
        Assert.That(read.TraceId, Does.Match("^[0-9a-f]{32}$"));
    }

    private static CreateIssueRequest Full(string? order = null) => new()
    {
        OrderId = order ?? Api.NewOrder(),
        Source = "email",
        IssueType = "damaged",
        Items = [new() { Sku = "A", Qty = 2 }],
        Picker = "John",
        Notes = "Fragile",
        ShippedAt = Reached,
    };
}
