using System.Globalization;
using OrderIssues.Application.Issues;
using OrderIssues.Application.UnitTests.Common;
using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Vocabulary;
using OrderIssues.TestCommon;

namespace OrderIssues.Application.UnitTests.Issues;

public sealed class CreateIssueTests
{
    private static readonly CreateIssue Valid = new() { OrderId = "A-1", Source = "email", IssueType = "damaged" };
    private readonly UseCases useCases = new();

    [Test]
    public async Task Stores_what_was_said_cleaned()
    {
        var (issue, _) = await useCases.SendAsync(new CreateIssue
        {
            OrderId = " A-1\t",
            Source = " FreshDesk-US ",
            TicketId = " 18362 ",
            IssueType = "re\u0301fund",
            Status = "On Hold",
            Items = [new() { Sku = " MUG ", Qty = 2 }],
            TrackingNumber = [" T1 "],
            CustomerReachedAt = "2025-11-19",
            Picker = "  ",
            Notes = "a\nb\n",
        });

        Assert.That(issue.OrderId, Is.EqualTo("A-1"));
        Assert.That((issue.Source, issue.Channel, issue.TicketId), Is.EqualTo(("freshdesk-us", "freshdesk", "18362")));
        Assert.That(issue.IssueType, Is.EqualTo("r\u00e9fund"));
        Assert.That(issue.Status, Is.EqualTo("on hold"));
        Assert.That(issue.Items, Is.EqualTo(new[] { new IssueItem("MUG", 2) }));
        Assert.That(issue.TrackingNumber, Is.EqualTo(new[] { "T1" }));
        Assert.That(issue.CustomerReachedAt, Is.EqualTo(new DateTimeOffset(2025, 11, 19, 0, 0, 0, TimeSpan.Zero)));
        Assert.That(issue.Picker, Is.Null);
        Assert.That(issue.Notes, Is.EqualTo("a\nb"));
        Assert.That(issue.CreatedAt, Is.EqualTo(IssueFactory.Now));
    }

    [Test]
    public async Task Names_everything_that_is_missing_at_once()
    {
        Assert.That((await useCases.ErrorsOfAsync(new CreateIssue())).Keys, Is.EquivalentTo(new[] { "OrderId", "Source", "IssueType" }));
        useCases.Store.VerifyNoOtherCalls();
    }

    [TestCase("freshdesk", null)]
    [TestCase("tiktok", null)]
    [TestCase("tiktok-de", null)]
    [TestCase("email", "freshdesk")]
    public async Task Asks_for_the_ticket_where_there_is_one(string source, string? channel) =>
        Assert.That((await useCases.ErrorsOfAsync(Valid with { Source = source, Channel = channel })).Keys, Is.EqualTo(new[] { "TicketId" }));

    [TestCase(".")]
    [TestCase("..")]
    [TestCase(" .. ")]
    [TestCase("")]
    [TestCase("a\u0000b")]
    [TestCase("a\nb")]
    public async Task Refuses_an_order_that_cannot_be_one(string orderId) =>
        Assert.That((await useCases.ErrorsOfAsync(Valid with { OrderId = orderId })).Keys, Is.EqualTo(new[] { "OrderId" }));

    [Test]
    public async Task Refuses_what_is_not_Unicode()
    {
        // Not test cases, since an attribute can't hold such text.
        foreach (var text in new[] { "\ud800", "a\udc00b", "\ud800\ud800", "a\ufffeb" })
        {
            Assert.That((await useCases.ErrorsOfAsync(Valid with { OrderId = text })).Keys, Is.EqualTo(new[] { "OrderId" }));
        }
    }

    [TestCase("freshdesk-J\u030c", "freshdesk-\u01f0")]
    [TestCase("FRESHDESK-\u00c4", "freshdesk-\u00e4")]
    public async Task Normalizes_after_folding(string source, string stored) =>
        Assert.That((await useCases.SendAsync(Valid with { Source = source, TicketId = "1" })).Issue.Source, Is.EqualTo(stored));

    [Test]
    public async Task Looks_at_no_element_of_a_list_that_is_too_long()
    {
        var tooLong = Valid with { Items = new CreateIssueItem?[300_000], TrackingNumber = new string?[300_000] };

        Assert.That((await useCases.ErrorsOfAsync(tooLong)).Keys, Is.EquivalentTo(new[] { "Items", "TrackingNumber" }));
    }

    [Test]
    public async Task Refuses_so_many_marks_in_a_row_that_to_normalize_them_takes_long()
    {
        static string Marks(int count) => "a" + string.Concat(Enumerable.Repeat("\u0316\u0301", count / 2)) + "b";

        Assert.That((await useCases.SendAsync(Valid with { Notes = Marks(30) + Marks(30) })).Issue.Notes, Has.Length.EqualTo(62));
        Assert.That((await useCases.ErrorsOfAsync(Valid with { Notes = Marks(32) })).Keys, Is.EqualTo(new[] { "Notes" }));
        Assert.That((await useCases.ErrorsOfAsync(Valid with { Notes = Marks(500_000) })).Keys, Is.EqualTo(new[] { "Notes" }));
    }

    [Test]
    public async Task Counts_characters_not_code_units()
    {
        var longest = string.Concat(Enumerable.Repeat("\U0001F4E6", 128));

        Assert.That((await useCases.SendAsync(Valid with { OrderId = longest })).Issue.OrderId, Is.EqualTo(longest));
        Assert.That((await useCases.ErrorsOfAsync(Valid with { OrderId = longest + "x" })).Keys, Is.EqualTo(new[] { "OrderId" }));
    }

    [TestCaseSource(nameof(TooLong))]
    public async Task Refuses_what_is_too_long(string field, CreateIssue request) =>
        Assert.That((await useCases.ErrorsOfAsync(request)).Keys, Is.EqualTo(new[] { field }));

    private static IEnumerable<TestCaseData<string, CreateIssue>> TooLong()
    {
        static string Chars(int count) => new('x', count);
        yield return new("OrderId", Valid with { OrderId = Chars(129) });
        yield return new("Source", Valid with { Source = "email-" + Chars(95) });
        yield return new("TicketId", Valid with { TicketId = Chars(129) });
        yield return new("IssueType", Valid with { IssueType = Chars(101) });
        yield return new("Status", Valid with { Status = Chars(51) });
        yield return new("Picker", Valid with { Picker = Chars(201) });
        yield return new("Packer", Valid with { Packer = Chars(201) });
        yield return new("Palletter", Valid with { Palletter = Chars(201) });
        yield return new("CustomerName", Valid with { CustomerName = Chars(201) });
        yield return new("CreatedBy", Valid with { CreatedBy = Chars(201) });
        yield return new("CustomerEmail", Valid with { CustomerEmail = Chars(310) + "@example.com" });
        yield return new("Notes", Valid with { Notes = Chars(10_001) });
        yield return new("Items", Valid with { Items = [.. Enumerable.Repeat(new CreateIssueItem { Sku = "a", Qty = 1 }, 501)] });
        yield return new("Items[0].Sku", Valid with { Items = [new() { Sku = Chars(101), Qty = 1 }] });
        yield return new("TrackingNumber", Valid with { TrackingNumber = [.. Enumerable.Repeat("T", 51)] });
        yield return new("TrackingNumber[0]", Valid with { TrackingNumber = [Chars(101)] });
    }

    [TestCase("fax")]
    [TestCase("freshdesk-us")]
    public async Task Refuses_a_channel_that_there_is_not(string channel) =>
        Assert.That((await useCases.ErrorsOfAsync(Valid with { Channel = channel })).Keys, Is.EqualTo(new[] { "Channel" }));

    [TestCase("open!")]
    [TestCase("a\tb")]
    public async Task Refuses_a_status_of_other_characters(string status) =>
        Assert.That((await useCases.ErrorsOfAsync(Valid with { Status = status })).Keys, Is.EqualTo(new[] { "Status" }));

    [Test]
    public async Task Takes_only_the_statuses_that_are_set_up()
    {
        var strict = new UseCases(new IssueStatuses(["open", "closed"], ["closed"]));

        Assert.That((await strict.SendAsync(Valid with { Status = "Closed" })).Issue.IssueResolvedAt, Is.EqualTo(IssueFactory.Now));
        Assert.That((await strict.ErrorsOfAsync(Valid with { Status = "pending" }))["Status"], Is.EqualTo(new[] { "must be one of: open, closed" }));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(1_000_001)]
    [TestCase(null)]
    public async Task Refuses_what_is_no_quantity(long? qty) =>
        Assert.That((await useCases.ErrorsOfAsync(Valid with { Items = [new() { Sku = "a", Qty = qty }] })).Keys, Is.EqualTo(new[] { "Items[0].Qty" }));

    [Test]
    public async Task Names_each_element_that_is_wrong()
    {
        var errors = await useCases.ErrorsOfAsync(Valid with { Items = [new() { Sku = "a", Qty = 1 }, null, new()], TrackingNumber = ["T", null, ""] });

        Assert.That(errors.Keys, Is.EquivalentTo(
            new[] { "Items[1]", "Items[2].Sku", "Items[2].Qty", "TrackingNumber[1]", "TrackingNumber[2]" }));
    }

    [TestCase("josh@example.com")]
    [TestCase("abc+def@marketplace.amazon.com")]
    [TestCase("jörg@exämple.de")]
    [TestCase("संपर्क@डाटामेल.भारत")]
    [TestCase("o'neil@mail.example.co.uk")]
    [TestCase("a@b")]
    [TestCase("taro..yamada@example.jp")]
    [TestCase("𠮷田@example.jp")]
    [TestCase("taro@𠮷田.example.jp")]
    [TestCase("𞤀𞥄𝟙@a-𠮷.jp")]
    public async Task Takes_an_address(string email) =>
        Assert.That((await useCases.SendAsync(Valid with { CustomerEmail = email })).Issue.CustomerEmail, Is.EqualTo(email));

    [TestCase("josh")]
    [TestCase("josh@")]
    [TestCase("@example.com")]
    [TestCase("Josh <josh@example.com>")]
    [TestCase("a b@example.com")]
    [TestCase("josh@example.com, jane@example.com")]
    [TestCase("josh@example..com")]
    [TestCase("josh@example.com\u0000")]
    [TestCase("a@b.")]
    [TestCase("a@-b.de")]
    [TestCase("\"\"@c.d")]
    [TestCase("x@[]")]
    [TestCase("a@[<script>]")]
    [TestCase("a@b/c")]
    [TestCase("😀@example.jp")]
    [TestCase("a@😀.jp")]
    [TestCase("a@𞥄.jp")]
    [TestCase("a@-𠮷.jp")]
    public async Task Refuses_what_is_no_address(string email) =>
        Assert.That((await useCases.ErrorsOfAsync(Valid with { CustomerEmail = email })).Keys, Is.EqualTo(new[] { "CustomerEmail" }));

    [TestCase("2025-11-19T22:36:28Z", "2025-11-19T22:36:28.000")]
    [TestCase("2025-11-19T22:36:28.1Z", "2025-11-19T22:36:28.100")]
    [TestCase("2025-11-19T22:36:28.123456789Z", "2025-11-19T22:36:28.123")]
    [TestCase("2025-11-19T22:36:28,123+01:00", "2025-11-19T21:36:28.123")]
    [TestCase("2025-11-19T22:36:28.999999-05:30", "2025-11-20T04:06:28.999")]
    [TestCase("2025-11-19T22:36:28", "2025-11-19T22:36:28.000")]
    [TestCase("2025-11-19T22:36", "2025-11-19T22:36:00.000")]
    [TestCase("2025-11-19T22:36:28+02", "2025-11-19T20:36:28.000")]
    [TestCase("2025-11-19t22:36:28z", "2025-11-19T22:36:28.000")]
    [TestCase("20251119T2236+0200", "2025-11-19T20:36:00.000")]
    [TestCase("2025-11-19", "2025-11-19T00:00:00.000")]
    [TestCase("20251119T223628Z", "2025-11-19T22:36:28.000")]
    [TestCase("2000-01-01", "2000-01-01T00:00:00.000")]
    [TestCase("2100-12-31T23:59:59.999Z", "2100-12-31T23:59:59.999")]
    public async Task Reads_ISO_8601(string text, string utc)
    {
        var (issue, _) = await useCases.SendAsync(Valid with { CustomerReachedAt = text, ShippedAt = text });

        Assert.That(issue.CustomerReachedAt?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture), Is.EqualTo(utc));
        Assert.That(issue.ShippedAt, Is.EqualTo(issue.CustomerReachedAt));
    }

    [TestCase("yesterday")]
    [TestCase("19.11.2025")]
    [TestCase("11/19/2025")]
    [TestCase("2025-02-30")]
    [TestCase("2025-11-19 22:36:28")]
    [TestCase("2025-11-19T25:00:00Z")]
    [TestCase("1763591788")]
    [TestCase("2025-1119")]
    [TestCase("2025-11-19T2236")]
    [TestCase("2025-11-19T22:36:28+1:00")]
    [TestCase("2025-11-19T22:36:28.Z")]
    [TestCase("2025-11-19T22:36:28+99:00")]
    [TestCase("٢٠٢٥-١١-١٩")]
    [TestCase("1999-12-31T23:59:59.999Z")]
    [TestCase("2101-01-01")]
    [TestCase("2100-12-31T23:59:59-01:00")]
    [TestCase("2025-11-19T22:36:28Z; DROP TABLE issues")]
    public async Task Refuses_other_times(string text) =>
        Assert.That((await useCases.ErrorsOfAsync(Valid with { CustomerReachedAt = text, ShippedAt = text })).Keys, Is.EquivalentTo(new[] { "CustomerReachedAt", "ShippedAt" }));
}
