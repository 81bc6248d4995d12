using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.Application.Common.Records;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Changes;
using OrderIssues.Domain.Issues.Queries;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues;

/// <summary>Queries of the list that callers save for all.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class ViewTests(StoreKind store)
{
    private Service? service;

    private Api Api => service!.Api;

    [SetUp]
    public void Start() => service = Service.On(store);

    [TearDown]
    public void Stop() => service?.Dispose();

    [Test]
    public async Task Saves_changes_lists_and_removes_a_view()
    {
        var added = (await PutAsync("open", "status=open&sort=-createdAt")).Succeeded(HttpStatusCode.Created);
        Assert.That(added.Data.ToJsonString(), Is.EqualTo("""{"name":"open","query":"status=open\u0026sort=-createdAt"}"""));
        Assert.That(added.Headers.Location, Is.Null, "It is where it was put");
        (await PutAsync("Late", "tag=late")).Succeeded(HttpStatusCode.Created);
        (await PutAsync("a%2Fb", "?limit=5")).Succeeded(HttpStatusCode.Created);

        using var another = service!.Another();
        var changed = (await PutAsync("OPEN", "status=open")).Succeeded();

        Assert.That(changed.Data.ToJsonString(), Is.EqualTo("""{"name":"OPEN","query":"status=open"}"""));
        Assert.That(await ListAsync(), Is.EqualTo("""[{"name":"a/b","query":"limit=5"},{"name":"Late","query":"tag=late"},{"name":"OPEN","query":"status=open"}]"""));
        Assert.That((await DeleteAsync("late")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        (await DeleteAsync("late")).Failed(HttpStatusCode.NotFound, "view_not_found");
        Assert.That((await DeleteAsync("a%2Fb")).Text, Is.Empty);
        Assert.That(await ListAsync(), Is.EqualTo("""[{"name":"OPEN","query":"status=open"}]"""));
        Assert.That(await ListAsync(another.Api), Is.EqualTo("""[{"name":"OPEN","query":"status=open"}]"""), "Another instance has it, too");
    }

    [Test]
    public async Task Counts_the_issues_of_each_view()
    {
        await Api.CreateAsync(Body("A", ("assignee", "Kim"), ("dueAt", "2025-01-01")));
        await Api.CreateAsync(Body("B", ("status", "done"), ("assignee", "kim")));
        await Api.CreateAsync(Body("C", ("notes", "Send a replacement")));
        foreach (var query in new[] { "resolved=false", "assignee=KIM", "overdue=true&limit=1", "q=replacement", "packer=nobody", "count=true" })
        {
            (await PutAsync(Uri.EscapeDataString(query), query)).Succeeded(HttpStatusCode.Created);
        }

        var views = (await Api.GetAsync("/api/issue-view?count=true")).Succeeded().Body["data"]!.AsArray();

        Assert.That(
            views.Select(view => ((string)view!["name"]!, (int)view["count"]!)),
            Is.EqualTo(new[] { ("assignee=KIM", 2), ("count=true", 3), ("overdue=true&limit=1", 1), ("packer=nobody", 0), ("q=replacement", 1), ("resolved=false", 2) }));
    }

    [TestCase("orderId=A", "orderId isn't a parameter of this operation")]
    [TestCase("sort=-createdAt&sort=createdAt", "sort must be given once")]
    [TestCase("createdFrom=2025-02-01&createdTo=2025-01-01", "createdFrom must not be after createdTo")]
    [TestCase("status=open,done", "status must have one value each time it is given: a list with commas isn't taken")]
    [TestCase("overdue=yes&limit=201", "limit must be an integer from 1 to 200", "overdue must be true or false")]
    [TestCase("OrderId=", "OrderId must have values of 1 to 128 characters, without control characters")]
    [TestCase("q=x", "q must be at least 2 characters long")]
    [TestCase("cursor=x", "cursor must be a nextCursor that was given for the same filters and sort", "cursor can't be saved: a view begins with the first page")]
    [TestCase("customerEmail=a%40b.example", "customerEmail and addresses in q can't be saved: a view has no data of customers")]
    [TestCase("customerEmail=", "customerEmail and addresses in q can't be saved: a view has no data of customers")]
    [TestCase("q=a%40b.example", "customerEmail and addresses in q can't be saved: a view has no data of customers")]
    [TestCase("picker=a b", "must have blanks, # and letters other than A to Z in percent-encoding")]
    [TestCase("picker=é", "must have blanks, # and letters other than A to Z in percent-encoding")]
    [TestCase("picker=a#b", "must have blanks, # and letters other than A to Z in percent-encoding")]
    [TestCase(" ", "is required")]
    public async Task Refuses_what_the_list_would_refuse_and_what_is_not_to_be_kept(string query, params string[] messages)
    {
        var refused = (await PutAsync("odd", query)).Failed(HttpStatusCode.BadRequest, "validation_failed");

        Assert.That(refused.ErrorFields, Is.EqualTo(new[] { "query" }));
        Assert.That(refused.Body["errors"]!["query"]!.AsArray().Select(message => (string)message!), Is.EqualTo(messages));
        Assert.That(await ListAsync(), Is.EqualTo("[]"));
    }

    [TestCase("%20", "is required")]
    [TestCase("a%0Ab", "must not contain control characters")]
    public async Task Refuses_names_that_nobody_can_read(string name, string message)
    {
        var refused = (await PutAsync(name, "status=open")).Failed(HttpStatusCode.BadRequest, "validation_failed");

        Assert.That(refused.Body["errors"]!.ToJsonString(), Is.EqualTo($$"""{"name":["{{message}}"]}"""));
        (await DeleteAsync(name)).Failed(HttpStatusCode.NotFound, "view_not_found");
    }

    [Test]
    public async Task Takes_names_of_any_script_up_to_their_length()
    {
        var longest = string.Concat(Enumerable.Repeat("é", 100));

        (await PutAsync($"%20{longest}", "status=open")).Succeeded(HttpStatusCode.Created);
        (await PutAsync(longest.Normalize(System.Text.NormalizationForm.FormD), "status=open")).Succeeded();
        (await PutAsync(longest + "x", "status=open")).Failed(HttpStatusCode.BadRequest, "validation_failed");
    }

    [Test]
    public async Task Has_at_most_200_views_also_if_many_are_saved_at_once()
    {
        var records = service!.Services.GetRequiredService<IRecordStore>();
        for (var i = 0; i < 199; i++)
        {
            await records.PutIfAbsentAsync(new() { Kind = RecordKinds.Views, Key = $"v{i}", Content = $$"""{"name":"v{{i}}","query":"limit=1"}""" });
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PutAsync($"new{i}", "status=open")));

        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.Created), Is.LessThanOrEqualTo(1));
        var refused = answers.First(answer => answer.Status != HttpStatusCode.Created).Failed(HttpStatusCode.BadRequest, "validation_failed");
        Assert.That(refused.Body["errors"]!.ToJsonString(), Is.EqualTo("""{"name":["is one too many: there are 200 views already"]}"""));
        Assert.That(JsonNode.Parse(await ListAsync())!.AsArray(), Has.Count.LessThanOrEqualTo(200));
        (await PutAsync("v0", "status=open")).Succeeded();
    }

    [Test]
    public async Task Of_many_that_save_the_same_view_one_makes_it()
    {
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => PutAsync("same", $"limit={i}")));

        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(answers.Select(answer => answer.Status), Is.All.AnyOf(HttpStatusCode.Created, HttpStatusCode.OK));
        Assert.That(JsonNode.Parse(await ListAsync())!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_view_that_cannot_be_counted_leaves_the_others_their_counts()
    {
        var time = new FakeTimeProvider(IssueFactory.Now);
        using var slow = service!.Another(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
            services.Replace(ServiceDescriptor.Singleton<IOrderIssueQueries>(provider => new SlowQueries(time)));
        });
        var records = service!.Services.GetRequiredService<IRecordStore>();
        await records.PutIfAbsentAsync(new() { Kind = RecordKinds.Views, Key = "a", Content = """{"name":"a","query":"nosuch=1"}""" });
        await PutAsync("endless", "packer=endless");
        await PutAsync("late", "packer=late");
        await PutAsync("ok", "status=open");

        var views = (await slow.Api.GetAsync("/api/issue-view?count=true")).Succeeded().Body["data"]!.AsArray();

        Assert.That(
            views.Select(view => ((string)view!["name"]!, (string?)view["code"] ?? view["count"]!.ToString())),
            Is.EqualTo(new[] { ("a", "validation_failed"), ("endless", "query_timeout"), ("late", "query_timeout"), ("ok", "7") }));
    }

    [TestCase("count=yes", "count")]
    [TestCase("counts=true", "counts")]
    public async Task Refuses_parameters_that_it_does_not_know(string query, string field) =>
        Assert.That((await Api.GetAsync($"/api/issue-view?{query}")).Failed(HttpStatusCode.BadRequest, "validation_failed").ErrorFields, Is.EqualTo(new[] { field }));

    private static JsonObject Body(string orderId, params (string Name, string Value)[] fields)
    {
        var body = Api.Minimal(orderId);
        foreach (var (name, value) in fields)
        {
            body[name] = value;
        }

        return body;
    }

    private async Task<string> ListAsync(Api? api = null) => (await (api ?? Api).GetAsync("/api/issue-view")).Succeeded().Body["data"]!.ToJsonString().Replace("\\u0026", "&");

    private Task<Answer> PutAsync(string name, string query) =>
        Api.PutAsync($"/api/issue-view/{name}", new JsonObject { ["query"] = query }.ToJsonString());

    private Task<Answer> DeleteAsync(string name) => Api.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"/api/issue-view/{name}"));

    /// <summary>Takes too long for one filter, and never answers to another.</summary>
    private sealed class SlowQueries(FakeTimeProvider time) : IOrderIssueQueries
    {
        public async Task<long> CountAsync(IssueFilter filter, CancellationToken cancellationToken)
        {
            var packer = filter.Fields.TryGetValue(IssueField.Packer, out var packers) ? packers[0] : null;
            if (packer == "endless")
            {
                time.Advance(TimeSpan.FromSeconds(25));
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
            }

            return packer == "late" ? throw Application.Common.Errors.FailureException.QueryTimeout() : 7;
        }

        public Task<IReadOnlyList<HistoryEntry>?> FindHistoryAsync(string issueId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IssuePage> ListAsync(IssueFilter filter, IssueSort sort, IssuePosition? after, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<IssueTally>> TallyAsync(IssueFilter filter, IReadOnlyList<IssueField> by, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<OrderIssue>> ListHeadsOfOrderAsync(string orderId, DateTimeOffset createdFrom, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
