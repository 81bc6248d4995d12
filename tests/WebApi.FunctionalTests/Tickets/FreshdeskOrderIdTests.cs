using System.Text.Json.Nodes;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.Tickets;

/// <summary>Which order a ticket of Freshdesk's is said to be about.</summary>
public sealed class FreshdeskOrderIdTests : FreshdeskFixture
{
    private static readonly (string, string) Field = ("Freshdesk:OrderIdField", " cf_order_number ");

    [TestCase("(111-0944945-3989852)", "111-0944945-3989852")]
    [TestCase("Order:111-0944945-3989852.", "111-0944945-3989852")]
    [TestCase("111-0944945-3989852", "111-0944945-3989852")]
    [TestCase("订单111-0944945-3989852的问题", "111-0944945-3989852")]
    [TestCase("Line\n111-0944945-3989852\n", "111-0944945-3989852")]
    [TestCase("112-5550199-1234567 and 111-0944945-3989852", "112-5550199-1234567")]
    [TestCase("9111-0944945-3989852", null)]
    [TestCase("111-0944945-39898521", null)]
    [TestCase("9111-0944945-39898521", null)]
    [TestCase("111-0944945-398985", null)]
    [TestCase("111 0944945 3989852", null)]
    [TestCase("576653688135258178", "576653688135258178")]
    [TestCase("Order no.576653688135258178?", "576653688135258178")]
    [TestCase("1576653688135258178", null)]
    [TestCase("5766536881352581781", null)]
    [TestCase("57665368813525817", null)]
    [TestCase("576653688135258178\u0661", null)]
    [TestCase("576653688135258178123 576653688135258179", "576653688135258179")]
    [TestCase("#1001", "#1001")]
    [TestCase("order#1001, please", "#1001")]
    [TestCase("#123", "#123")]
    [TestCase("#12 #1234567890", "#1234567890")]
    [TestCase("#12", null)]
    [TestCase("#12345678901", null)]
    [TestCase("Where&#8217;s my order", null)]
    [TestCase("#1001a", null)]
    [TestCase("#000000 mug", null)]
    [TestCase("#0999", null)]
    [TestCase("[#18362] Where is it?", null)]
    [TestCase("Re: [#18362] #1001", "#1001")]
    [TestCase("Re: [#8362] Parcel arrived broken", null)]
    [TestCase("AW: [ # 8362 ] Ticket #9101, ticket no. #9102, Case-#9103, request: #9104, TICKET ID (#9105)", null)]
    [TestCase("Ticket #8362: order #1001", "#1001")]
    [TestCase("Ticket 111-0944945-3989852", "111-0944945-3989852")]
    [TestCase("showcase #1001", "#1001")]
    [TestCase("#18362 #18362 #1001", "#1001")]
    [TestCase("#18362,#1001", "#1001")]
    [TestCase("#183620", "#183620")]
    [TestCase("No order", null)]
    [TestCase("", null)]
    [TestCase("#1001, which was 576653688135258178 and 111-0944945-3989852", "111-0944945-3989852")]
    [TestCase("#1001, which was 576653688135258178", "576653688135258178")]
    public async Task Is_the_order_in_the_subject(string subject, string? orderId) =>
        Assert.That(await InSubjectAsync(subject), Is.EqualTo(orderId));

    [Test]
    public async Task Is_the_order_that_the_sample_tickets_have()
    {
        var samples = JsonNode.Parse(await File.ReadAllTextAsync(
            System.IO.Path.Combine(Repository.Root, "src/Infrastructure/SampleTickets/sample-tickets.json")))!.AsArray();
        Assert.That(samples, Is.Not.Empty);
        foreach (var sample in samples)
        {
            var id = (long)sample!["id"]!;
            Freshdesk.Next(FakeApi.Body(new JsonObject { ["id"] = id, ["subject"] = sample["subject"]!.DeepClone() }.ToJsonString()));

            var ticket = (await Service.Api.GetAsync($"/api/issue-ticket/{id}")).Succeeded().Data;

            Assert.That((string?)ticket["OrderId"], Is.EqualTo((string?)sample["orderId"]));
        }
    }

    [TestCase(""" "A-4711" """, "A-4711")]
    [TestCase(""" " A-4711\n" """, "A-4711")]
    [TestCase("4711", "4711")]
    [TestCase("576653688135258178", "576653688135258178")]
    [TestCase("12.50", "12.50")]
    [TestCase("null", "#1001")]
    [TestCase(""" "" """, "#1001")]
    [TestCase(""" " " """, "#1001")]
    [TestCase("true", "#1001")]
    [TestCase("""["A-4711"]""", "#1001")]
    [TestCase("""{"value":"A-4711"}""", "#1001")]
    [TestCase(""" "\ud800" """, "#1001")]
    public async Task Is_rather_what_the_configured_field_says(string value, string orderId)
    {
        Service = Start(Field);

        Assert.That(await OrderIdAsync($$$"""{"id":18362,"subject":"#1001","custom_fields":{"cf_a":"B-1","\ud800":1,"cf_order_number":{{{value}}}}}"""), Is.EqualTo(orderId));
    }

    [TestCase("{}")]
    [TestCase("""{"cf_a":"B-1"}""")]
    [TestCase("""{"CF_Order_Number":"B-1"}""")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("""["cf_order_number"]""")]
    [TestCase("1")]
    public async Task Is_the_one_in_the_subject_where_there_is_no_such_field(string fields)
    {
        Service = Start(Field);

        Assert.That(await OrderIdAsync($$"""{"id":18362,"subject":"#1001","custom_fields":{{fields}}}"""), Is.EqualTo("#1001"));
    }

    [Test]
    public async Task Is_in_no_field_that_is_not_configured() =>
        Assert.That(await OrderIdAsync("""{"id":18362,"subject":"No order","custom_fields":{"cf_order_number":"A-4711","":"B-1"}}"""), Is.Null);

    /// <summary>In the order of the list, and instead of the ones that are there by themselves.</summary>
    [TestCase("Order XY-12, #1001", "XY-12")]
    [TestCase("shop-77, then XY-12", "XY-12")]
    [TestCase("shop-77", "77")]
    [TestCase("Ref: 4711 ", "4711")]
    [TestCase("Nr 12", "Nr 12")]
    [TestCase("#1001", null)]
    [TestCase("[ ]", null)]
    [TestCase("[ ] tail A9", "A9")]
    public async Task Is_what_the_configured_patterns_find(string subject, string? orderId)
    {
        Service = Start(
            ("Freshdesk:OrderIdPatterns:0", "XY-[0-9]+"),
            ("Freshdesk:OrderIdPatterns:1", @"shop-(?<number>\d+)"),
            ("Freshdesk:OrderIdPatterns:2", @"Ref:(\s\d+\s)|Nr \d+"),
            ("Freshdesk:OrderIdPatterns:3", @"\[(.*)\]"),
            ("Freshdesk:OrderIdPatterns:10", @"\bA9\b"));

        Assert.That(await InSubjectAsync(subject), Is.EqualTo(orderId));
    }

    [Test]
    public async Task Is_not_the_tickets_own_number_by_a_pattern_without_the_sign_either()
    {
        Service = Start(("Freshdesk:OrderIdPatterns:0", "#([0-9]{4,})"));

        Assert.That(await InSubjectAsync("[#18362] Where is order #55012?"), Is.EqualTo("55012"));
    }

    [TestCase("1")]
    [TestCase("#")]
    [TestCase("-")]
    [TestCase("111-0944945-")]
    [TestCase("a")]
    [MaxTime(30_000)]
    public async Task Is_looked_for_in_no_time_whatever_the_subject(string unit)
    {
        Service = Start(("Freshdesk:OrderIdPatterns:0", "(a+)+x"), ("Freshdesk:OrderIdPatterns:1", @"(?:^|\D)([0-9]{3}-[0-9]{7}-[0-9]{7})(?:$|\D)"));

        // It takes a small part of a second; with backtracking it would take the rest of the day.
        Assert.That(await InSubjectAsync(string.Concat(Enumerable.Repeat(unit, 3_000_000 / unit.Length))), Is.Null);
    }

    private Task<string?> InSubjectAsync(string subject) =>
        OrderIdAsync(new JsonObject { ["id"] = FakeFreshdesk.TicketId, ["subject"] = subject }.ToJsonString());

    private async Task<string?> OrderIdAsync(string ticket)
    {
        Freshdesk.Next(FakeApi.Body(ticket));
        return (string?)(await Service.Api.GetAsync(Path)).Succeeded().Data["OrderId"];
    }
}
