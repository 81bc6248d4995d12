using System.Net;
using Microsoft.Data.Sqlite;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;
using static OrderIssues.WebApi.FunctionalTests.Issues.Bulk.BulkRequest;

namespace OrderIssues.WebApi.FunctionalTests.Issues.Bulk;

/// <summary>What a change of many issues may not be.</summary>
public sealed class BulkValidationTests
{
    private const string Change = """ "change": { "status": "done" } """;

    private static readonly Service Service = Hosting.Service.On(StoreKind.Sqlite);

    private static readonly string[] Changed = ["status", "assignee", "priority", "addTags", "removeTags", "message"];

    private static Api Api => Service.Api;

    [OneTimeTearDown]
    public static void Stop() => Service.Dispose();

    [TestCase("""{ "issueIds": ["1"] }""", "change")]
    [TestCase("""{ "issueIds": ["1"], "change": null }""", "change")]
    [TestCase("""{ "issueIds": ["1"], "change": {} }""", "change")]
    [TestCase("""{ "issueIds": ["1"], "change": { "by": "Ann" } }""", "change")]
    [TestCase("""{ "issueIds": ["1"], "change": { "addTags": [], "message": " " } }""", "change")]
    [TestCase("{" + Change + "}", "issueIds")]
    [TestCase("""{ "issueIds": [],""" + Change + "}", "issueIds")]
    [TestCase("""{ "issueIds": ["1", " 1 "],""" + Change + "}", "issueIds[1]")]
    [TestCase("""{ "issueIds": ["1", 1],""" + Change + "}", "issueIds[1]")]
    [TestCase("""{ "issueIds": [null, ""],""" + Change + "}", "issueIds[0] issueIds[1]")]
    [TestCase("""{ "issueIds": ["1"], "expect": 1,""" + Change + "}", "expect")]
    [TestCase("""{ "issueIds": ["1"], "filter": { "q": "ab" }, "expect": 1,""" + Change + "}", "issueIds")]
    [TestCase("""{ "filter": { "q": "ab" },""" + Change + "}", "expect")]
    [TestCase("""{ "filter": { "q": "ab" }, "expect": -1,""" + Change + "}", "expect")]
    [TestCase("""{ "filter": { "q": "ab" }, "expect": 1001,""" + Change + "}", "expect")]
    [TestCase("""{ "filter": {}, "expect": 1,""" + Change + "}", "filter")]
    [TestCase("""{ "filter": { "status": [] }, "expect": 1,""" + Change + "}", "filter filter.status")]
    [TestCase("""{ "filter": { "status": [], "packer": "Jane" }, "expect": 1,""" + Change + "}", "filter.status")]
    [TestCase("""{ "filter": { "OrderId": [""], "q": "a" }, "expect": 1,""" + Change + "}", "filter.OrderId filter.q")]
    [TestCase("""{ "filter": { "orderId": "A" }, "expect": 1,""" + Change + "}", "filter filter.orderId")]
    [TestCase("""{ "filter": { "sort": "createdAt", "q": "ab" }, "expect": 1,""" + Change + "}", "filter.sort")]
    [TestCase("""{ "filter": { "createdFrom": "x", "overdue": "x", "olderThanHours": 1.5 }, "expect": 1,""" + Change + "}", "filter.createdFrom filter.overdue filter.olderThanHours")]
    [TestCase("""{ "filter": { "dueFrom": "2025-02-01", "dueTo": "2025-01-01" }, "expect": 1,""" + Change + "}", "filter.dueFrom")]
    [TestCase("""{ "filter": { "status": "open,done" }, "expect": 1,""" + Change + "}", "filter.status")]
    [TestCase("""{ "issueIds": ["1"], "unknown": 1, "change": { "status": "!", "dueAt": null } }""", "unknown change.status change.dueAt")]
    [TestCase("""{ "issueIds": ["1"], "change": { "message": "m" } }""", "change.by")]
    [TestCase("""{ "issueIds": ["1"], "change": { "priority": "5", "assignee": "\u0000", "addTags": ["a,b", null], "removeTags": ["\n"], "message": "\u0001", "by": "\n" } }""", "change.priority change.assignee change.addTags[0] change.addTags[1] change.removeTags[0] change.message change.by")]
    [TestCase("""{ "issueIds": ["1"], "change": { "addTags": ["A"], "removeTags": ["a"] } }""", "change.addTags[0]")]
    public async Task Names_each_rule_that_it_breaks(string body, string fields) => Assert.That(
        (await SendAsync(Api, body, Guid.NewGuid().ToString())).Failed(HttpStatusCode.BadRequest, "validation_failed").ErrorFields, Is.EquivalentTo(fields.Split(' ')));

    [TestCase("""{ "issueIds": { "$gt": "" } }""", "issueIds")]
    [TestCase("""{ "issueIds": [["1"]] }""", "issueIds")]
    [TestCase("""{ "filter": "q=ab" }""", "filter")]
    [TestCase("""{ "filter": { "status": null } }""", "filter.status")]
    [TestCase("""{ "filter": { "status": [null] } }""", "filter.status")]
    [TestCase("""{ "filter": { "status": [["a"]] } }""", "filter.status")]
    [TestCase("""{ "filter": { "status": { "$ne": "" } } }""", "filter.status")]
    [TestCase("""{ "filter": { "createdFrom": ["2025-01-01", "2025-01-02"] } }""", "filter.createdFrom")]
    [TestCase("""{ "filter": { "q": "\ud800" } }""", "filter.q")]
    [TestCase("""{ "expect": 1.5 }""", "expect")]
    [TestCase("""{ "expect": 1e309 }""", "expect")]
    [TestCase("""{ "expect": "1" }""", "expect")]
    [TestCase("""{ "change": [] }""", "change")]
    [TestCase("""{ "change": { "status": 1 } }""", "change.status")]
    [TestCase("""{ "change": { "addTags": { } } }""", "change.addTags")]
    public async Task Names_what_has_the_wrong_type(string body, string key) => Assert.That(
        (string?)(await SendAsync(Api, body)).Failed(HttpStatusCode.BadRequest, "malformed_body").Body["detail"], Does.StartWith($"The key {key} has a value of the wrong JSON type"));

    [Test]
    public async Task A_thousand_unknown_keys_are_no_large_answer()
    {
        var keys = string.Join(',', Enumerable.Range(0, 1_000).Select(i => $"\"x{i}\": 1"));

        var refused = await SendAsync(Api, $$"""{ {{keys}}, "filter": { {{keys}} }, "change": { {{keys}} } }""");

        Assert.That(refused.Failed(HttpStatusCode.BadRequest, "validation_failed").ErrorFields.Count(), Is.LessThan(350));
    }

    /// <summary>A full issue takes no message, but can be closed.</summary>
    [Test]
    public async Task An_issue_that_is_full_can_still_be_closed()
    {
        using var service = Hosting.Service.On(StoreKind.Sqlite);
        var issues = await CreateAsync(service.Api, "A-1", 2);
        using (var connection = new SqliteConnection($"Data Source={service.File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"UPDATE issues SET messages = 5000 WHERE issueId = {issues[0]}";
            command.ExecuteNonQuery();
        }

        Assert.That((await ChangeAsync(service.Api, issues, """{ "status": "done", "message": "m", "by": "Ann" }""")).Outcomes(), Is.EqualTo(new[] { (issues[0], "issue_full"), (issues[1], null) }));
        Assert.That((await ChangeAsync(service.Api, issues, """{ "status": "done" }""")).Outcomes().Select(outcome => outcome.Code), Is.All.Null);
    }

    [TestCaseSource(nameof(Changed))]
    public async Task Each_field_alone_is_a_change(string field)
    {
        var issues = await CreateAsync(Api, Api.NewOrder(), 1, issue => issue["tags"] = "a");
        var value = field switch { "priority" => "urgent", "removeTags" => "a", _ => "new" };

        (await ChangeAsync(Api, issues, $$"""{ "{{field}}": "{{value}}", "by": "Ann" }""")).Succeeded();

        Assert.That((int)(await ReadAsync(Api, issues[0])).Issue["__v"]!, Is.EqualTo(1));
    }
}
