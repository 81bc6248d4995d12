using System.Net;
using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Spreadsheet;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Issues.Exports;

/// <summary>What is in the cells of an export as XLSX, by another library than the one that writes it.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.MongoDb)]
public sealed class XlsxTests(StoreKind store) : ExportFixture(store)
{
    [Test]
    public async Task Has_the_table_of_the_CSV_with_times_and_numbers_as_such()
    {
        await Api.CreateAsync(Export.FullIssue());
        await Api.PutAsync("/api/order-issue/discussion/A-1", """{ "username": "John", "message": "Sent a \"new\" one,\nby air." }""");
        await Api.PutAsync("/api/order-issue/update/A-1", """{ "status": "done" }""");
        var table = await Export.TableAsync(Api);

        using var workbook = await Workbook.GetAsync(Api);

        var row = workbook.Rows.Single();
        Assert.That(workbook.SheetNames, Is.EqualTo(new[] { "Issues 1" }));
        Assert.That(row.Keys, Is.EqualTo(table.Header));
        Assert.That(row["__v"], Is.EqualTo(2.0));
        Assert.That(row["customerReachedAt"], Is.EqualTo(new DateTime(2025, 11, 19, 22, 36, 28, 123)));
        Assert.That(row["shipped_at"], Is.EqualTo(new DateTime(2025, 11, 17)));
        Assert.That(row.Where(cell => cell.Value is DateTime).Select(cell => cell.Key), Is.EqualTo(new[] { "customerReachedAt", "shipped_at", "issueResolvedAt", "createdAt", "updatedAt", "dueAt" }));
        var texts = row.Where(cell => cell.Value is string).ToDictionary(cell => cell.Key, cell => (string)cell.Value!);
        Assert.That(texts, Has.Count.EqualTo(23));
        foreach (var (name, text) in texts)
        {
            Assert.That(text, Is.EqualTo(table.Rows.Single()[name].ReplaceLineEndings("\n")), name);
        }
    }

    [Test]
    public async Task Has_a_header_that_stays_in_sight_and_filters_all_rows_also_when_there_is_no_issue()
    {
        using var workbook = await Workbook.GetAsync(Api);

        var pane = workbook.FirstSheet.Descendants<Pane>().Single();
        Assert.That((pane.VerticalSplit?.Value, pane.State?.Value, pane.TopLeftCell?.Value), Is.EqualTo((1.0, PaneStateValues.Frozen, "A2")));
        Assert.That(workbook.FirstSheet.Descendants<AutoFilter>().Single().Reference?.Value, Is.EqualTo("A1:AE1048576"));
        Assert.That(workbook.FirstSheet.Descendants<Row>().Single().InnerText, Does.StartWith("_idissueIdOrderId").And.EndWith("mergedInto"));
    }

    [TestCase("111094494539898521")]
    [TestCase("00123")]
    [TestCase("1E5")]
    [TestCase("2025-11-20")]
    [TestCase("TRUE")]
    [TestCase("=1+cmd|' /C calc'!A0")]
    [TestCase("+1")]
    [TestCase("-1")]
    [TestCase("@SUM(A1)")]
    [TestCase("'1")]
    [TestCase("<b>&lt\"]]>")]
    [TestCase("_x0041_ _x005F_x000d_ _x004_ __x0041_x0042_")]
    [TestCase("Zoë 花 👩‍🚒 \u202Etxt")]
    public async Task Keeps_texts_as_they_are(string text)
    {
        var names = new[] { "OrderId", "ticketId", "customerName", "notes" };
        var body = Export.FullIssue();
        foreach (var name in names)
        {
            body[name] = text;
        }

        body["trackingNumber"] = new JsonArray { text };
        var issue = (await Api.CreateAsync(body)).Succeeded(HttpStatusCode.Created).Data;

        using var workbook = await Workbook.GetAsync(Api);

        var row = workbook.Rows.Single();
        foreach (var name in names)
        {
            Assert.That(row[name], Is.EqualTo((string?)issue[name]), name);
        }

        Assert.That(row["trackingNumber"], Is.EqualTo((string?)issue["trackingNumber"]![0]));
    }

    [TestCase("\t =1\r\n ", "\t =1\n ")]
    [TestCase("a\u0000\u0001\u0008\u000B\u000C\u001F\uFFFE\uFFFFb", "a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDb")]
    [TestCase("\u007F\u0085\u009F\u2028\uFDD0\uD83F\uDFFE", "\u007F\u0085\u009F\u2028\uFDD0\uD83F\uDFFE")]
    public async Task Shows_what_the_format_cannot_hold_as_a_replacement_character(string notes, string cell)
    {
        await Api.CreateAsync(Api.Minimal());
        await Export.StoreNotesAsync(Service, notes);

        using var workbook = await Workbook.GetAsync(Api);

        Assert.That(workbook.Rows.Single()["notes"], Is.EqualTo(cell));
    }

    [TestCase(32_767)]
    [TestCase(32_768)]
    [TestCase(100_000)]
    public async Task Marks_a_text_that_is_cut_where_Excels_cells_end(int length)
    {
        await Api.CreateAsync(Api.Minimal());
        var notes = $"a{string.Concat(Enumerable.Repeat("👩", (length - 2) / 2))}".PadRight(length, 'z');
        await Export.StoreNotesAsync(Service, notes);

        using var workbook = await Workbook.GetAsync(Api);

        var cell = (string)workbook.Rows.Single()["notes"]!;
        if (length <= 32_767)
        {
            Assert.That(cell, Is.EqualTo(notes));
            return;
        }

        Assert.That(cell, Has.Length.InRange(32_766, 32_767).And.EndsWith("👩… [cut]"));
        Assert.That(notes, Does.StartWith(cell[..^"… [cut]".Length]));
    }
}
