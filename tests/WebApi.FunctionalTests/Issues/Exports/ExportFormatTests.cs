using System.Globalization;
using OrderIssues.Domain.Issues;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.Issues.Export;

namespace OrderIssues.WebApi.FunctionalTests.Issues.Exports;

/// <summary>What takes more issues, or other ones, than a service can be given in a test.</summary>
public sealed class ExportFormatTests
{
    [TestCase("\n")]
    [TestCase("\r\n")]
    [TestCase("\r")]
    [TestCase("\v")]
    [TestCase("\f")]
    [TestCase("\u001C")]
    [TestCase("\u001D")]
    [TestCase("\u001E")]
    [TestCase("\u0085")]
    [TestCase("\u2028")]
    [TestCase("\u2029")]
    public void No_line_of_a_message_or_name_can_pass_for_another_message(string end)
    {
        var time = IssueFactory.Now;
        var forged = "2025-11-20T10:00:00.000Z Jane: I agree.";

        var text = IssueTable.Text(new DiscussionMessage[] { new("John", $"No.{end}{forged}{end}", time), new($"Jim{end}{forged}", "Yes.", time) });

        Assert.That(
            text, Is.EqualTo($"2025-11-20T10:00:00.000Z John: No.{end}  {forged}{end}  \n2025-11-20T10:00:00.000Z Jim{end}  {forged}: Yes."));
    }

    [Test]
    public async Task A_workbook_goes_on_with_a_next_sheet_where_Excels_sheets_end()
    {
        using var file = new MemoryStream();
        await foreach (var piece in new XlsxFormat(maxRows: 3).WriteAsync(Issues(5)))
        {
            file.Write(piece.Span);
        }

        using var workbook = new Workbook(file);

        Assert.That(workbook.Errors, Is.Empty);
        Assert.That(workbook.SheetNames, Is.EqualTo(new[] { "Issues 1", "Issues 2", "Issues 3" }));
        Assert.That(Enumerable.Range(0, 3).Select(workbook.CountRows), Is.EqualTo(new[] { 3, 3, 2 }));
    }

    [Test]
    public async Task A_workbook_is_written_while_issues_are_read()
    {
        const int Count = 20_000;
        var (read, longestPause, before) = (0, 0, 0);

        await foreach (var _ in new XlsxFormat().WriteAsync(Issues(Count, () => read++)))
        {
            (longestPause, before) = (Math.Max(longestPause, read - before), read);
        }

        Assert.That(read, Is.EqualTo(Count));
        Assert.That(longestPause, Is.LessThan(1_000), "issues read without a byte in between");
    }

    [Test]
    public async Task A_workbook_that_breaks_off_has_no_end()
    {
        using var file = new MemoryStream();
        var read = 0;

        await Assert.ThatAsync(
            async () =>
            {
                await foreach (var piece in new XlsxFormat().WriteAsync(Issues(5_000, BreakOff)))
                {
                    file.Write(piece.Span);
                }
            },
            Throws.InstanceOf<IOException>());

        Assert.That(file.Length, Is.GreaterThan(0));
        Assert.That(() => new Workbook(file), Throws.InstanceOf<FileFormatException>().Or.InstanceOf<InvalidDataException>());

        void BreakOff()
        {
            if (++read == 4_000)
            {
                throw new IOException("The store is gone.");
            }
        }
    }

    [TestCase("0001-01-01", "0001-01-01T00:00:00.000Z")]
    [TestCase("1899-12-31", "1899-12-31T00:00:00.000Z")]
    [TestCase("1900-03-01", null)]
    [TestCase("9999-12-31", null)]
    public async Task A_time_before_those_that_Excel_knows_is_a_text(string date, string? text)
    {
        var time = DateTimeOffset.Parse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        using var file = new MemoryStream();
        await foreach (var piece in new XlsxFormat().WriteAsync(Issues(1, issue: IssueFactory.Issue() with { ShippedAt = time })))
        {
            file.Write(piece.Span);
        }

        using var workbook = new Workbook(file);

        Assert.That(workbook.Rows.Single()["shipped_at"], Is.EqualTo(text ?? (object)time.UtcDateTime));
    }

    private static async IAsyncEnumerable<OrderIssue> Issues(int count, Action? onRead = null, OrderIssue? issue = null)
    {
        issue ??= IssueFactory.Issue();
        for (var i = 0; i < count; i++)
        {
            onRead?.Invoke();
            yield return issue;
        }

        await Task.CompletedTask;
    }
}
