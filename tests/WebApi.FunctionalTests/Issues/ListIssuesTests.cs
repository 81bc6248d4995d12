using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OrderIssues.Domain.Issues;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class ListIssuesTests(StoreKind store)
{
    private const string Path = "/api/order-issue";

    private readonly FakeTimeProvider time = new(new(2025, 11, 20, 10, 0, 0, 0, TimeSpan.Zero));
    private Service? service;

    private Api Api => service!.Api;

    [SetUp]
    public async Task CreateFive()
    {
        service = Service.On(store, time);
        for (var i = 1; i <= 5; i++)
        {
            var body = Api.Minimal($"A-{i % 2}");
            body["items"] = new JsonArray { new JsonObject { ["sku"] = $"SKU {i}", ["qty"] = 1 } };
            (await Api.CreateAsync(body)).Succeeded(HttpStatusCode.Created);
            time.Advance(TimeSpan.FromDays(1));
        }

        await Api.PutAsync("/api/order-issue/update/A-0?issueId=1600002", """{ "status": "done" }""");
    }

    [TearDown]
    public void Stop() => service?.Dispose();

    [TestCase("", "5,4,3,2,1")]
    [TestCase("?sort=createdAt", "1,2,3,4,5")]
    [TestCase("?sort=-updatedAt", "2,5,4,3,1")]
    [TestCase("?sort=updatedAt", "1,3,4,5,2")]
    [TestCase("?OrderId=A-1", "5,3,1")]
    [TestCase("?OrderId=%20A-1%20", "5,3,1")]
    [TestCase("?OrderId=A-1&OrderId=A-0", "5,4,3,2,1")]
    [TestCase("?OrderId=A-0&status=open", "4")]
    [TestCase("?status=DONE", "2")]
    [TestCase("?sku=SKU%203&sku=SKU%204", "4,3")]
    [TestCase("?issueId=1600004&issueId=01600003", "4")]
    [TestCase("?createdFrom=2025-11-21&createdTo=2025-11-23", "3,2")]
    [TestCase("?createdFrom=2025-11-24T11:00:00%2B01:00", "5")]
    [TestCase("?updatedFrom=2025-11-25", "2")]
    [TestCase("?customerEmail=nobody@example.com", "")]
    [TestCase("?q=sku%203", "3")]
    [TestCase("?q=%20160000%20&OrderId=A-0", "4,2")]
    [TestCase("?q=160000&sort=createdAt", "1,2,3,4,5")]
    [TestCase("?q=sku%25", "")]
    public async Task Lists_what_is_asked_for(string query, string numbers)
    {
        var answer = (await Api.GetAsync(Path + query)).Succeeded();

        Assert.That(Numbers(answer), Is.EqualTo(numbers.Split(',', StringSplitOptions.RemoveEmptyEntries)));
        Assert.That(answer.Body["page"]!.ToJsonString(), Is.EqualTo("""{"limit":50}"""));
    }

    [Test]
    public async Task Lists_issues_as_they_are_read()
    {
        var listed = (await Api.GetAsync($"{Path}?issueId=1600002")).Body["data"]![0]!.AsObject();
        var read = await Api.GetAsync($"{Path}/1600002");

        Assert.That((string?)listed["_etag"], Is.EqualTo(read.Headers.ETag!.ToString()));
        listed.Remove("_etag");
        Assert.That(JsonNode.DeepEquals(listed, read.Data), Is.True);
    }

    [Test]
    public async Task Goes_on_from_page_to_page_and_counts()
    {
        const string Query = "?limit=2&count=true&OrderId=A-0&OrderId=A-1";
        var pages = new List<string>();
        var cursor = "";
        while (true)
        {
            var answer = (await Api.GetAsync(Path + Query + cursor)).Succeeded();
            pages.Add(string.Join(',', Numbers(answer)));
            Assert.That((int)answer.Body["page"]!["total"]!, Is.EqualTo(5));
            if ((string?)answer.Body["page"]!["nextCursor"] is not { } next)
            {
                break;
            }

            Assert.That(next, Does.Match("^[A-Za-z0-9_-]+$"));
            cursor = $"&cursor={next}";
        }

        Assert.That(pages, Is.EqualTo(new[] { "5,4", "3,2", "1" }));
    }

    [TestCase("createdAt", "3,2,1,4")]
    [TestCase("-createdAt", "4,1,2,3")]
    public async Task Goes_on_from_any_date(string sort, string numbers)
    {
        using var other = Service.On(store);
        foreach (var createdAt in new[] { IssueFactory.Now, DateTimeOffset.UnixEpoch.AddYears(-500), DateTimeOffset.MinValue, new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero) })
        {
            var issue = IssueFactory.Issue() with { CreatedAt = createdAt };
            await other.Services.GetRequiredService<IOrderIssueStore>().AddAsync(issue, default);
        }

        var found = new List<string>();
        for (var cursor = ""; found.Count < 5;)
        {
            var answer = (await other.Api.GetAsync($"{Path}?sort={sort}&limit=1{cursor}")).Succeeded();
            found.AddRange(Numbers(answer));
            if ((string?)answer.Body["page"]!["nextCursor"] is not { } next)
            {
                break;
            }

            cursor = $"&cursor={next}";
        }

        Assert.That(string.Join(',', found), Is.EqualTo(numbers));
    }

    [Test]
    public async Task Takes_a_cursor_for_its_own_list_only()
    {
        var cursor = (string)(await Api.GetAsync($"{Path}?limit=1&status=open")).Body["page"]!["nextCursor"]!;
        (await Api.GetAsync($"{Path}?limit=3&status=open&cursor={cursor}")).Succeeded();

        foreach (var query in new[]
        {
            $"cursor={cursor}", $"status=done&cursor={cursor}", $"status=open&status=done&cursor={cursor}", $"status=open&sort=createdAt&cursor={cursor}",
            $"status=open&createdFrom=2025-01-01&cursor={cursor}", $"status=open&q=160000&cursor={cursor}",
            $"status=open&cursor={cursor}A", $"status=open&cursor={cursor[..^1]}",
            $"status=open&cursor={(cursor[0] == 'A' ? 'B' : 'A')}{cursor[1..]}", $"status=open&cursor={cursor}=", "cursor=", "cursor=x", $"cursor={new string('x', 5_000)}",
        })
        {
            var answer = (await Api.GetAsync($"{Path}?{query}")).Failed(HttpStatusCode.BadRequest, "validation_failed");
            Assert.That(answer.ErrorFields, Is.EqualTo(new[] { "cursor" }), query);
        }
    }

    [TestCase("nonsense=1", "nonsense")]
    [TestCase("orderId=A-1", "orderId")]
    [TestCase("Status=open&limit=1", "Status")]
    [TestCase("status[]=open", "status[]")]
    [TestCase("q.x[0]=1", "q.x[0]")]
    [TestCase("offset=10&page=2", "offset", "page")]
    [TestCase("limit=1&limit=1", "limit")]
    [TestCase("limit=0", "limit")]
    [TestCase("limit=201", "limit")]
    [TestCase("limit=-1", "limit")]
    [TestCase("limit=1.0", "limit")]
    [TestCase("limit=%2B1", "limit")]
    [TestCase("limit=99999999999", "limit")]
    [TestCase("limit=", "limit")]
    [TestCase("sort=issueId", "sort")]
    [TestCase("sort=createdat", "sort")]
    [TestCase("sort=$where", "sort")]
    [TestCase("sort=createdAt%20DESC--", "sort")]
    [TestCase("sort=(a%2B)%2B$", "sort")]
    [TestCase("sort=%22createdAt%22", "sort")]
    [TestCase("sort=%25", "sort")]
    [TestCase("sort=_", "sort")]
    [TestCase("q=", "q")]
    [TestCase("q=a", "q")]
    [TestCase("q=%20a%20", "q")]
    [TestCase("q=ab%09cd", "q")]
    [TestCase("q=%F0%9F%8E%81", "q")]
    [TestCase("q=abc&q=def", "q")]
    [TestCase("count=1", "count")]
    [TestCase("count=TRUE", "count")]
    [TestCase("OrderId=", "OrderId")]
    [TestCase("OrderId=A&OrderId=%00", "OrderId")]
    [TestCase("createdFrom=yesterday&updatedTo=1", "createdFrom", "updatedTo")]
    [TestCase("createdFrom=2025-11-21&createdTo=2025-11-20", "createdFrom")]
    [TestCase("updatedFrom=2025-11-21T00:00:00.001Z&updatedTo=2025-11-21", "updatedFrom")]
    [TestCase("status=x&limit=x&sort=x", "limit", "sort")]
    [TestCase("updatedFrom=2030-01-01&updatedTo=2029-01-01&limit=0&foo=1&q=a&sort=createdAt&sort=createdAt", "updatedFrom", "limit", "foo", "q", "sort")]
    public async Task Names_what_is_wrong_with_a_query(string query, params string[] fields) =>
        Assert.That(
            (await Api.GetAsync($"{Path}?{query}")).Failed(HttpStatusCode.BadRequest, "validation_failed").ErrorFields, Is.EquivalentTo(fields));

    [TestCase(".", "a")]
    [TestCase("[", "")]
    [TestCase("", "a[0]")]
    public async Task Names_a_parameter_however_it_is_spelt(string separator, string part)
    {
        var name = string.Join(separator, Enumerable.Repeat(part, 50));

        Assert.That(
            (await Api.GetAsync($"{Path}?{Uri.EscapeDataString(name)}=1")).Failed(HttpStatusCode.BadRequest, "validation_failed").ErrorFields,
            Is.EqualTo(new[] { name }));
    }

    [Test]
    public async Task Takes_100_values_of_a_field_and_no_more()
    {
        var values = string.Join('&', Enumerable.Range(1, 100).Select(i => $"issueId={1_600_000 + i}"));

        Assert.That(Numbers((await Api.GetAsync($"{Path}?{values}")).Succeeded()).Count(), Is.EqualTo(5));
        (await Api.GetAsync($"{Path}?{values}&issueId=1")).Failed(HttpStatusCode.BadRequest, "validation_failed");
    }

    private static IEnumerable<string> Numbers(Answer answer) =>
        answer.Body["data"]!.AsArray().Select(issue => ((string)issue!["issueId"]!)[^1..]);
}
