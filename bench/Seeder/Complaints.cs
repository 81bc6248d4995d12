using OrderIssues.Domain.Issues;
using OrderIssues.Domain.Issues.Vocabulary;
using static System.FormattableString;

namespace OrderIssues.Seeder;

/// <summary>What customers complain about.</summary>
internal sealed class Complaints(Random random, Pools pools)
{
    private static readonly string[] Sources =
    [
        "freshdesk", "freshdesk", "freshdesk-us", "freshdesk-us", "freshdesk-us", "freshdesk-uk", "tiktok", "tiktok", "tiktok-shop", "email",
        "email", "email-returns", "other", "other-phone",
    ];

    private static readonly string[] IssueTypes =
    [
        "delivery issue", "wrong item", "missing item", "damaged item", "defective item", "wrong quantity", "refund request", "late delivery",
        "wrong address", "other",
    ];

    private static readonly string[] Tags =
    [
        "late", "damaged", "replacement", "refund", "vip", "carrier claim", "photo missing", "fragile", "return", "second time", "gift", "b2b",
    ];

    private static readonly int[] ParcelsOfAnOrder = [0, 1, 1, 1, 1, 1, 2];

    private IssueDetails? previous;

    /// <param name="number">Of the complaint. Tickets, orders and parcels are numbered in order of time, too.</param>
    /// <param name="at">When it is reported.</param>
    public IssueDetails Next(int number, DateTimeOffset at) =>
        previous = previous is not null && random.Chance(0.03) ? Again(previous, at) : New(number, at);

    /// <summary>Something else about the same order.</summary>
    private IssueDetails Again(IssueDetails earlier, DateTimeOffset at) => earlier with
    {
        IssueType = random.PickSkewed(IssueTypes),
        CustomerReachedAt = at.AddHours(-random.Next(1, 48)),
        Notes = random.Text(pools.Notes),
        DueAt = earlier.DueAt is null ? null : at.AddHours(48),
    };

    private IssueDetails New(int number, DateTimeOffset at)
    {
        var source = random.Pick(Sources);
        var (firstName, lastName) = (random.Pick(pools.FirstNames), random.Pick(pools.LastNames));
        return new IssueDetails
        {
            OrderId = OrderId(source, number),
            Source = source,
            TicketId = Channels.HasTickets(Channels.Of(source)) ? Invariant($"{10_000 + number}") : null,
            IssueType = random.PickSkewed(IssueTypes),
            Status = random.Chance(0.65) ? IssueStatuses.Done : null,
            Items = [.. Many(random.PickSkewed(1, 2, 3, 4), () => new IssueItem(random.PickSkewed(pools.Skus), random.PickSkewed(1, 2, 3, 6)))],
            TrackingNumber = [.. Many(random.Pick(ParcelsOfAnOrder), () => TrackingNumber(number))],
            Picker = Typed(random.Pick(pools.Workers)),
            Packer = Typed(random.Pick(pools.Workers)),
            Palletter = random.Chance(0.6) ? Typed(random.Pick(pools.Workers)) : null,
            CustomerName = $"{firstName} {lastName}",
            CustomerEmail = Invariant($"{Letters(firstName)}.{Letters(lastName)}{random.Next(100)}@example.com"),
            CustomerReachedAt = at.AddHours(-random.Next(1, 48)),
            ShippedAt = at.AddDays(-random.Next(3, 15)),
            Notes = random.Chance(0.9) ? random.Text(pools.Notes) : null,
            CreatedBy = random.Pick(pools.Agents),
            Assignee = random.Chance(0.7) ? Typed(random.Pick(pools.Agents)) : null,
            Tags = random.Chance(0.4) ? [.. Many(random.Next(1, 4), () => random.PickSkewed(Tags)).Distinct()] : [],
            Priority = random.Chance(0.2) ? random.PickSkewed(Priorities.High, Priorities.Low, Priorities.Urgent) : null,
            DueAt = random.Chance(0.6) ? at.AddHours(random.Pick(24, 48, 120)) : null,
            Fault = random.Chance(0.5) ? random.Pick([.. Faults.All]) : null,
            Cost = random.Chance(0.3) ? new Cost(random.Next(100, 20_000) / 100m, random.PickSkewed("USD", "EUR", "GBP")) : null,
        };
    }

    /// <summary>As TikTok, Shopify and Amazon number theirs.</summary>
    private string OrderId(string source, int number) =>
        Channels.Of(source) == Channels.TikTok ? Invariant($"57{64_613_785 + number}{random.Next(100_000_000):d8}")
        : random.Chance(0.3) ? Invariant($"#{1001 + number}")
        : Invariant($"11{random.Next(1, 5)}-{944_945 + number:d7}-{random.Next(10_000_000):d7}");

    /// <summary>As UPS, USPS and DHL number theirs.</summary>
    private string TrackingNumber(int number) => random.Next(3) switch
    {
        0 => Invariant($"1Z8R47W203{3_204_417 + number}{random.Next(10)}"),
        1 => Invariant($"9400111899{56_204_117_365 + number}{random.Next(10)}"),
        _ => Invariant($"JD0146{2_041_173_650_000 + (10L * number) + random.Next(10)}"),
    };

    /// <summary>People type names by hand, in whatever case.</summary>
    private string Typed(string name) => random.Next(20) switch
    {
        0 => name.ToUpperInvariant(),
        1 => name.ToLowerInvariant(),
        _ => name,
    };

    private static string Letters(string name) => string.Concat(name.Where(char.IsAsciiLetter)).ToLowerInvariant();

    private static IEnumerable<T> Many<T>(int count, Func<T> make) => Enumerable.Range(0, count).Select(_ => make());
}
