using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues.Exports;

/// <summary>What is in the cells of an export as CSV.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class CsvTests(StoreKind store) : ExportFixture(store)
{
    [Test]
    public async Task Writes_a_table_of_all_fields()
    {
        await Api.CreateAsync(Export.FullIssue());
        Time.Advance(TimeSpan.FromDays(1));
        await Api.PutAsync("/api/order-issue/discussion/A-1", """{ "username": "John", "message": "Sent a \"new\" one,\nby air." }""");
        await Api.PutAsync("/api/order-issue/discussion/A-1", """{ "username": "Jane", "message": "It arrived." }""");
        var issue = (await Api.PutAsync("/api/order-issue/update/A-1", """{ "status": "done" }""")).Succeeded().Data;

        var table = await Export.TableAsync(Api);

        Assert.That(
            table.Header, Is.EqualTo(issue.Select(member => member.Key).Append("mergedInto")), "a full issue has the others, in this order");
        Assert.That(table.Header, Has.Count.EqualTo(31));
        var expected = issue.ToDictionary(member => member.Key, member => member.Value is JsonArray ? "" : member.Value!.ToString());
        expected["items"] = "MUG-BLUE-2 x 1; VASE \"Ünïcode\" 花 x 1000000";
        expected["trackingNumber"] = "TRK123; TRK,124";
        expected["tags"] = "vip; late";
        expected["cost"] = "12.5 EUR";
        expected["mergedInto"] = "";
        expected["discussion"] = "2025-11-21T10:00:00.000Z John: Sent a \"new\" one,\n  by air.\n2025-11-21T10:00:00.000Z Jane: It arrived.";
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
    [TestCase("\r=1", "'\r'=1")]
    [TestCase("\ttext", "'\ttext")]
    [TestCase("=\"a\",b\r\nc", "'=\"a\",b\r\nc")]
    [TestCase("'=1", "'=1")]
    [TestCase(" =1", " '=1")]
    [TestCase("\u00A0\u200B\"=1", "\u00A0\u200B\"'=1")]
    [TestCase("\n=1", "'\n'=1")]
    [TestCase("＝1", "'＝1")]
    [TestCase("＋1", "'＋1")]
    [TestCase("－1", "'－1")]
    [TestCase("＠1", "'＠1")]
    [TestCase("Ann;=1+cmd|' /C calc'!A0;x", "Ann;'=1+cmd|' /C calc'!A0;x")]
    [TestCase("a; \"-1;\n\n@b", "a; \"'-1;\n\n'@b")]
    [TestCase("a\r\n+1\u2028=2", "a\r\n'+1\u2028'=2")]
    [TestCase("a;b=c; d-e", "a;b=c; d-e")]
    [TestCase("1=1", "1=1")]
    [TestCase("a-b@c+d", "a-b@c+d")]
    [TestCase("\"quoted\", \"\"twice\"\"", "\"quoted\", \"\"twice\"\"")]
    [TestCase("a,b;c\td", "a,b;c\td")]
    [TestCase("a\nb\r\nc\rd\r\n", "a\nb\r\nc\rd\r\n")]
    [TestCase("Zoë 花 e\u0301 👩‍🚒 \u202Etxt", "Zoë 花 e\u0301 👩‍🚒 \u202Etxt")]
    public async Task Keeps_every_text_as_it_is_but_for_those_like_formulas(string notes, string cell)
    {
        await Api.CreateAsync(Api.Minimal());
        await Export.StoreNotesAsync(Service, notes);

        Assert.That((await Export.TableAsync(Api)).Rows.Single()["notes"], Is.EqualTo(cell));
        Assert.That((string?)(await Export.GetAsync(Api, Export.Ndjson)).Issues.Single()!["notes"], Is.EqualTo(notes));
    }

    [Test]
    public async Task Quotes_texts_and_neither_times_nor_numbers_nor_what_is_not_known()
    {
        var issue = (await Api.CreateAsync(Api.Minimal("A-1"))).Data;

        var row = (await Export.GetAsync(Api, Export.Csv)).Text.Split("\r\n")[1];

        Assert.That(row, Does.StartWith($"\"{issue["_id"]}\",\"1600001\",\"A-1\",,\"email\",").And.EndsWith(",2025-11-20T10:00:00.000Z,2025-11-20T10:00:00.000Z,0,,,,,,,"));
    }

    [Test]
    public async Task Has_no_formula_where_cells_are_split_at_semicolons_and_not_at_commas()
    {
        var body = Export.FullIssue();
        foreach (var name in new[] { "OrderId", "ticketId", "issueType", "picker", "packer", "palletter", "customerName", "notes", "createdBy" })
        {
            body[name] = $"Ann;=1+cmd|' /C calc'!A0; \"+{name};x";
        }

        body["notes"] = "First\n=1+1\r-1\u2028@SUM(A1)";
        body["items"] = new JsonArray { new JsonObject { ["sku"] = "a;=1", ["qty"] = 1 }, new JsonObject { ["sku"] = "=2", ["qty"] = 1 } };
        body["trackingNumber"] = new JsonArray { "-1", "-2", "b;\"=3" };
        var orderId = (await Api.CreateAsync(body)).Succeeded(HttpStatusCode.Created).Data["OrderId"];
        await Api.PutAsync($"/api/order-issue/discussion/{Uri.EscapeDataString((string)orderId!)}", """{ "username": "J;=4", "message": "a;=5\n=6" }""");

        var text = (await Export.GetAsync(Api, Export.Csv)).Text;

        // As LibreOffice does: a quote is one only where a cell begins.
        var cells = Regex.Split(text, "[;\r\n\u2028]").Select(cell => cell.Trim(' ', '"'));
        Assert.That(cells, Has.None.Match("^[=+@-]").And.Some.StartsWith("'=1+cmd|"));
    }

    [Test]
    public async Task Shows_an_entry_that_could_pass_for_several_as_one()
    {
        var body = Export.FullIssue();
        body["items"] = new JsonArray { new JsonObject { ["sku"] = "CUP x 1; MUG", ["qty"] = 2 }, new JsonObject { ["sku"] = "\"5\" POT; x", ["qty"] = 1 } };
        body["trackingNumber"] = new JsonArray { "TRK1; TRK2", "\"TRK3", "TRK4" };
        (await Api.CreateAsync(body)).Succeeded(HttpStatusCode.Created);

        var row = (await Export.TableAsync(Api)).Rows.Single();

        Assert.That(row["items"], Is.EqualTo("\"CUP x 1; MUG\" x 2; \"\"\"5\"\" POT; x\" x 1"));
        Assert.That(row["trackingNumber"], Is.EqualTo("\"TRK1; TRK2\"; \"\"\"TRK3\"; TRK4"));
    }

    [Test]
    public async Task Indents_the_lines_of_a_message_so_that_none_can_pass_for_another()
    {
        await Api.CreateAsync(Api.Minimal("A-1"));
        var forged = "2025-11-20T10:00:00.000Z Jane: I agree.";
        await Api.PutAsync(
            "/api/order-issue/discussion/A-1",
            new JsonObject { ["username"] = "John", ["message"] = $"No.\n{forged}\r\n{forged}\r{forged}\u2028{forged}" }.ToJsonString());

        var cell = (await Export.TableAsync(Api)).Rows.Single()["discussion"];

        Assert.That(cell, Is.EqualTo($"2025-11-20T10:00:00.000Z John: No.\n  {forged}\r\n  {forged}\r  {forged}\u2028  {forged}"));
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
        Assert.That((row["OrderId"], row["items"], row["trackingNumber"], row["customerEmail"]), Is.EqualTo(("'=OrderId", "'@sku x 1", "'-1; '-2", "'+a@example.com")));
        Assert.That(row["_id"], Is.EqualTo((string)issue["_id"]!));
    }
}
