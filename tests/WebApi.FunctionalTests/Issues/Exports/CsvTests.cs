using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Bson;
using MongoDB.Driver;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues.Exports;

/// <summary>What is in the cells of an export as CSV.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class CsvTests(StoreKind store)
{
    private readonly FakeTimeProvider time = new(new(2025, 11, 20, 10, 0, 0, TimeSpan.Zero));
    private Service? service;

    private Api Api => service!.Api;

    [SetUp]
    public void Start() => service = Service.On(store, time);

    [TearDown]
    public void Stop() => service?.Dispose();

    [Test]
    public async Task Writes_a_table_of_all_fields()
    {
        await Api.CreateAsync(Export.FullIssue());
        time.Advance(TimeSpan.FromDays(1));
        await Api.PutAsync("/api/order-issue/discussion/A-1", """{ "username": "John", "message": "Sent a \"new\" one,\nby air." }""");
        await Api.PutAsync("/api/order-issue/discussion/A-1", """{ "username": "Jane", "message": "It arrived." }""");
        var issue = (await Api.PutAsync("/api/order-issue/update/A-1", """{ "status": "done" }""")).Succeeded().Data;

        var table = await Export.TableAsync(Api);

        Assert.That(table.Header, Is.EqualTo(issue.Select(member => member.Key)), "a full issue has them all, in this order");
        Assert.That(table.Header, Has.Count.EqualTo(24));
        var expected = issue.ToDictionary(member => member.Key, member => member.Value is JsonArray ? "" : member.Value!.ToString());
        expected["items"] = "MUG-BLUE-2 x 1; VASE \"Ünïcode\" 花 x 1000000";
        expected["trackingNumber"] = "TRK123; TRK,124";
        expected["discussion"] = "2025-11-21T10:00:00.000Z John: Sent a \"new\" one,\nby air.\n2025-11-21T10:00:00.000Z Jane: It arrived.";
        Assert.That(table.Rows.Single(), Is.EqualTo(expected));
        Assert.That(expected["shipped_at"], Is.EqualTo("2025-11-17T00:00:00.000Z"));
    }

    [Test]
    public async Task Leaves_the_cells_of_what_is_not_known_empty()
    {
        var issue = (await Api.CreateAsync(Api.Minimal("A-1"))).Data;

        var row = (await Export.TableAsync(Api)).Rows.Single();

        Assert.That(row.Where(cell => cell.Value != "").Select(cell => cell.Key), Is.EqualTo(issue.Where(member => member.Value is not JsonArray).Select(member => member.Key)));
    }

    [TestCase("=1+1", "'=1+1")]
    [TestCase("+49 30 1234567", "'+49 30 1234567")]
    [TestCase("-1", "'-1")]
    [TestCase("-", "'-")]
    [TestCase("@SUM(A1)", "'@SUM(A1)")]
    [TestCase("\t=1", "'\t=1")]
    [TestCase("\r=1", "'\r=1")]
    [TestCase("=\"a\",b\r\nc", "'=\"a\",b\r\nc")]
    [TestCase("'=1", "'=1")]
    [TestCase(" =1", " =1")]
    [TestCase("\n=1", "\n=1")]
    [TestCase("1=1", "1=1")]
    [TestCase("a-b@c+d", "a-b@c+d")]
    [TestCase("\"quoted\", \"\"twice\"\"", "\"quoted\", \"\"twice\"\"")]
    [TestCase("a,b;c\td", "a,b;c\td")]
    [TestCase("a\nb\r\nc\rd\r\n", "a\nb\r\nc\rd\r\n")]
    [TestCase("Zoë 花 e\u0301 👩‍🚒 \u202Etxt", "Zoë 花 e\u0301 👩‍🚒 \u202Etxt")]
    public async Task Keeps_every_text_as_it_is_but_for_those_like_formulas(string notes, string cell)
    {
        await Api.CreateAsync(Api.Minimal());
        await StoreAsync(notes);

        Assert.That((await Export.TableAsync(Api)).Rows.Single()["notes"], Is.EqualTo(cell));
        Assert.That((string?)(await Export.GetAsync(Api, Export.Ndjson)).Issues.Single()!["notes"], Is.EqualTo(notes));
    }

    [Test]
    public async Task Keeps_formulas_out_of_every_column_that_callers_fill()
    {
        var body = Export.FullIssue();
        foreach (var name in new[] { "OrderId", "ticketId", "issueType", "picker", "packer", "palletter", "customerName", "notes", "createdBy" })
        {
            body[name] = $"={name}";
        }

        body["items"] = new JsonArray { new JsonObject { ["sku"] = "@sku", ["qty"] = 1 } };
        body["trackingNumber"] = new JsonArray { "-1", "-2" };
        body["customerEmail"] = "+a@example.com";
        var issue = (await Api.CreateAsync(body)).Succeeded(HttpStatusCode.Created).Data;

        var row = (await Export.TableAsync(Api)).Rows.Single();

        Assert.That(row.Values, Has.None.Match("^[=+@-]"));
        Assert.That((row["OrderId"], row["items"], row["trackingNumber"], row["customerEmail"]), Is.EqualTo(("'=OrderId", "'@sku x 1", "'-1; -2", "'+a@example.com")));
        Assert.That(row["_id"], Is.EqualTo((string)issue["_id"]!));
    }

    /// <summary>Puts notes in the only issue that the service itself would trim or refuse, as another program may.</summary>
    private async Task StoreAsync(string notes)
    {
        if (service!.MongoDb is { } uri)
        {
            var issues = new MongoClient(uri).GetDatabase(new MongoUrl(uri).DatabaseName).GetCollection<BsonDocument>("orderissues");
            await issues.UpdateOneAsync(new BsonDocument(), new BsonDocument("$set", new BsonDocument("notes", notes)));
            return;
        }

        using var connection = new SqliteConnection($"Data Source={service.File}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE issues SET notes = $notes";
        command.Parameters.AddWithValue("$notes", notes);
        command.ExecuteNonQuery();
    }
}
